import { ErrorCode } from '@slack/web-api';
import { APP_UNINSTALLED, CHANNEL_REFUSALS } from '../../core/access/channel-refusals.ts';
import { WorkspaceError } from '../../core/access/workspace-error.ts';
import type { Repeat } from '../../lib/operational-error.ts';

/** What a failed call to Slack means for the notice it carried. */
export interface SlackFailure {
  /**
   * `never-sent`: try again; `ambiguous`: it may be there, look before trying again; `wait`: Slack takes it later;
   * `refused`: never in this form.
   */
  readonly repeat: Repeat;
  /**
   * Of a refusal: the channel is closed to us, the message's form is not accepted, our token is not, the message it is
   * about is gone, or closed to changes.
   */
  readonly about: 'channel' | 'form' | 'token' | 'network' | 'limit' | 'gone' | 'closed';
  /** Slack's word for it, or the network's. */
  readonly reason: string;
  /** Slack's wish, in milliseconds. */
  readonly retryAfter: number | null;
}

const FORM = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_attachments',
  'metadata_too_large',
  'invalid_metadata_format',
  'only_one_table_allowed',
  'invalid_arguments',
]);
/** The message that is edited or replied to is not there, or takes nothing more: somebody deleted it, say. */
const GONE = new Set(['message_not_found', 'thread_not_found', 'cannot_reply_to_message']);
/** It is there and stays as it is. */
const CLOSED = new Set(['cant_update_message', 'edit_window_closed', 'block_mismatch']);
const TOKEN = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'no_permission',
  'missing_scope',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
]);
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
  if (error instanceof WorkspaceError) return workspaceFailure(error);
  const code = stringMember(error, 'code');
  if (code === ErrorCode.PlatformError)
    return platformFailure(stringMember(member(error, 'data'), 'error') ?? 'unknown');
  if (code === ErrorCode.RateLimitedError) {
    const seconds = member(error, 'retryAfter');
    return limited(typeof seconds === 'number' ? seconds : 1);
  }
  if (code === ErrorCode.HTTPError) {
    const status = member(error, 'statusCode');
    return failure('ambiguous', 'network', `http_${typeof status === 'number' ? status : 'error'}`);
  }
  const network = causeCodes(error);
  const never = network.find((name) => NEVER_SENT.has(name));
  if (never) return failure('never-sent', 'network', never);
  return failure(
    'ambiguous',
    'network',
    network.find((name) => !name.startsWith('slack_')) ?? code ?? 'unknown_error',
  );
}

/** No request left: there is no token to make it with. */
function workspaceFailure({ code, repeat }: WorkspaceError): SlackFailure {
  if (code === 'workspace-not-installed') return failure('refused', 'channel', APP_UNINSTALLED);
  return failure(repeat, code === 'workspace-refused' ? 'token' : 'network', code);
}

function platformFailure(reason: string): SlackFailure {
  if (CHANNEL_REFUSALS.has(reason)) return failure('refused', 'channel', reason);
  if (FORM.has(reason)) return failure('refused', 'form', reason);
  if (GONE.has(reason)) return failure('refused', 'gone', reason);
  if (CLOSED.has(reason)) return failure('refused', 'closed', reason);
  if (TOKEN.has(reason)) return failure('wait', 'token', reason);
  if (reason === 'ratelimited' || reason === 'rate_limited' || reason === 'message_limit_exceeded')
    return limited(1);
  // `internal_error`, `fatal_error` and their like: Slack says that parts of the call may have taken effect.
  return failure('ambiguous', 'network', reason);
}

function limited(seconds: number): SlackFailure {
  return { repeat: 'wait', about: 'limit', reason: 'ratelimited', retryAfter: seconds * 1_000 };
}

function failure(repeat: Repeat, about: SlackFailure['about'], reason: string): SlackFailure {
  return { repeat, about, reason, retryAfter: null };
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
