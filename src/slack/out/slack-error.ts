import { ErrorCode } from '@slack/web-api';

/**
 * Slack's word for why it refused a call, such as `invalid_blocks`; `ratelimited` when it takes no more for now; null
 * when no answer came, so that nobody knows whether the call took effect.
 */
export function slackErrorOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const code: unknown = Reflect.get(error, 'code');
  if (code === ErrorCode.RateLimitedError) return 'ratelimited';
  if (code !== ErrorCode.PlatformError) return null;
  const data: unknown = Reflect.get(error, 'data');
  if (typeof data !== 'object' || data === null) return null;
  const word: unknown = Reflect.get(data, 'error');
  return typeof word === 'string' ? word : null;
}

const CODES: ReadonlySet<unknown> = new Set(Object.values(ErrorCode));

/** Whether a call of Slack's Web API failed: refused, not answered, or answered with an HTTP error. */
export function isSlackError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && CODES.has(Reflect.get(error, 'code'));
}

/** Whether Slack read the blocks and will not show them in this workspace. */
export function refusesBlocks(error: unknown): boolean {
  const word = slackErrorOf(error);
  return (
    word === 'invalid_blocks' ||
    word === 'invalid_blocks_format' ||
    word === 'msg_blocks_too_long' ||
    word === 'invalid_arguments'
  );
}
