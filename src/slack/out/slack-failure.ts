import { ErrorCode } from '@slack/web-api';
import { APP_UNINSTALLED, WorkspaceError } from '../../core/access/workspace-error.ts';
import type { Repeat } from '../../lib/operational-error.ts';
import { type About, type Cure, meaningOf } from './slack-words.ts';

/** What a failed Slack call means for the message, view or file it carried. */
export interface SlackFailure {
  /**
   * `never-sent`: retry; `ambiguous`: it may have arrived, so check before retrying; `wait`: Slack will take
   * it later; `refused`: never in this form.
   */
  readonly repeat: Repeat;
  readonly about: About;
  readonly cure: Cure | null;
  /** Slack's error word, or the network error code. */
  readonly reason: string;
  /** Slack's error word as received; null if Slack did not respond. */
  readonly word: string | null;
  /** The delay Slack asked for, in milliseconds. */
  readonly retryAfter: number | null;
}

/** Something did not reach Slack, for callers that need only that. */
export class NotSentError extends Error {
  readonly failure: SlackFailure;

  constructor(failure: SlackFailure) {
    super(`Slack did not take the message (${failure.reason}).`);
    this.name = 'NotSentError';
    this.failure = failure;
  }
}

/** No byte of the request was sent: the connection was never made. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads an error from `@slack/web-api`. If unclear, it is ambiguous: a check costs less than a duplicate. */
export function readSlackFailure(error: unknown): SlackFailure {
  if (error instanceof NotSentError) return error.failure;
  if (error instanceof WorkspaceError) return workspaceFailure(error);
  const code = stringMember(error, 'code');
  if (code === ErrorCode.PlatformError)
    return failureOfWord(stringMember(member(error, 'data'), 'error') ?? 'unknown');
  if (code === ErrorCode.RateLimitedError) {
    const seconds = member(error, 'retryAfter');
    return failureOfWord('ratelimited', typeof seconds === 'number' ? seconds : 1);
  }
  if (code === ErrorCode.HTTPError) {
    const status = member(error, 'statusCode');
    return unanswered('ambiguous', `http_${typeof status === 'number' ? status : 'error'}`);
  }
  const network = causeCodes(error);
  const never = network.find((name) => NEVER_SENT.has(name));
  if (never) return unanswered('never-sent', never);
  return unanswered(
    'ambiguous',
    network.find((name) => !name.startsWith('slack_')) ?? code ?? 'unknown_error',
  );
}

/** Slack's error word for the log, or `no-answer`. */
export function slackWord(error: unknown): string {
  return readSlackFailure(error).word ?? 'no-answer';
}

const CODES: ReadonlySet<unknown> = new Set(Object.values(ErrorCode));

/** Whether a Web API call failed: refused, no response, or an HTTP error. */
export function isSlackError(error: unknown): boolean {
  return CODES.has(member(error, 'code'));
}

/** A refusal with Slack's error word. A rate limit without a delay lasts one second. */
function failureOfWord(word: string, seconds = 1): SlackFailure {
  const { about, repeat, cure = null } = meaningOf(word);
  if (about !== 'limit') return { about, repeat, cure, reason: word, word, retryAfter: null };
  return { about, repeat, cure, reason: 'ratelimited', word, retryAfter: seconds * 1_000 };
}

/** A form refused without a Web API error word: response URLs answer with an HTTP status. */
export function refusedForm(reason: string): SlackFailure {
  return { about: 'form', repeat: 'refused', cure: null, reason, word: reason, retryAfter: null };
}

/** No request was sent: there is no token to send it with. */
function workspaceFailure({ code, repeat }: WorkspaceError): SlackFailure {
  if (code === 'workspace-not-installed')
    return { ...unanswered('refused', APP_UNINSTALLED), about: 'channel' };
  return { ...unanswered(repeat, code), about: code === 'workspace-refused' ? 'token' : 'network' };
}

function unanswered(repeat: Repeat, reason: string): SlackFailure {
  return { about: 'network', repeat, cure: null, reason, word: null, retryAfter: null };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function stringMember(value: unknown, name: string): string | null {
  const found = member(value, name);
  return typeof found === 'string' ? found : null;
}

/** The codes of an error and its causes, outermost first. */
function causeCodes(error: unknown): readonly string[] {
  const codes: string[] = [];
  let current = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth += 1) {
    const code = stringMember(current, 'code');
    if (code !== null) codes.push(code);
    current = member(current, 'cause') ?? member(current, 'original');
  }
  return codes;
}
