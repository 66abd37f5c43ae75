import { ErrorCode } from '@slack/web-api';
import { APP_UNINSTALLED, WorkspaceError } from '../../core/access/workspace-error.ts';
import type { Repeat } from '../../lib/operational-error.ts';
import { type About, type Cure, meaningOf } from './slack-words.ts';

/** What a failed call to Slack means for what it carried. */
export interface SlackFailure {
  /**
   * `never-sent`: try again; `ambiguous`: it may be there, look before trying again; `wait`: Slack takes it later;
   * `refused`: never in this form.
   */
  readonly repeat: Repeat;
  readonly about: About;
  readonly cure: Cure | null;
  /** Slack's word for it, or the network's. */
  readonly reason: string;
  /** Slack's word as it came; null where Slack did not answer. */
  readonly word: string | null;
  /** Slack's wish, in milliseconds. */
  readonly retryAfter: number | null;
}

/** Something did not get to Slack, for callers to whom only that matters. */
export class NotSentError extends Error {
  readonly failure: SlackFailure;

  constructor(failure: SlackFailure) {
    super(`Slack did not take the message (${failure.reason}).`);
    this.name = 'NotSentError';
    this.failure = failure;
  }
}

/** Proof that no byte of the request left: the connection itself was never made. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Reads an error of `@slack/web-api`. What cannot be told apart counts as ambiguous: a look is cheaper than a repeat. */
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

/** For the log: Slack's word for why it refused a call, or `no-answer`. */
export function slackWord(error: unknown): string {
  return readSlackFailure(error).word ?? 'no-answer';
}

const CODES: ReadonlySet<unknown> = new Set(Object.values(ErrorCode));

/** Whether a call of Slack's Web API failed: refused, not answered, or answered with an HTTP error. */
export function isSlackError(error: unknown): boolean {
  return CODES.has(member(error, 'code'));
}

/** A refusal by Slack's word. A limit without a time of its own lasts a second. */
function failureOfWord(word: string, seconds = 1): SlackFailure {
  const { about, repeat, cure = null } = meaningOf(word);
  if (about !== 'limit') return { about, repeat, cure, reason: word, word, retryAfter: null };
  return { about, repeat, cure, reason: 'ratelimited', word, retryAfter: seconds * 1_000 };
}

/** A form that is refused without a word of the Web API's: a response URL answers by its status. */
export function refusedForm(reason: string): SlackFailure {
  return { about: 'form', repeat: 'refused', cure: null, reason, word: reason, retryAfter: null };
}

/** No request left: there is no token to make it with. */
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

/** The codes of an error and of everything that caused it, outermost first. */
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
