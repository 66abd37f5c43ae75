import { WebClient } from '@slack/web-api';
import { quietLogger } from '../sandbox/workspace/quiet-logger.ts';

/**
 * A client as the delivery gets it: no retries of its own. Under Jest the errors of `fetch` come from another realm and
 * the client, which asks for their class, would drop them; they are handed on inside an error of this realm.
 */
export function slackClient(apiUrl: string, token: string, timeout = 2_000): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: quietLogger(),
    async fetch(url, init) {
      try {
        return await fetch(url, init);
      } catch (cause) {
        throw new Error('fetch failed', { cause });
      }
    },
  });
}
