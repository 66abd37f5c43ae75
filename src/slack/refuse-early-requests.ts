import type { HTTPReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

/** How far Slack's clock and ours may be apart, in seconds: as far as Bolt lets a request be old. */
const SKEW = 5 * 60;

/**
 * Refuses requests signed for a later time than now, in front of Bolt, which refuses old ones only: who once got hold of
 * such a request could send it for as long as it is not old yet. `now` is real time, as in the signature.
 */
export function refuseEarlyRequests(
  receiver: Pick<HTTPReceiver, 'requestListener'>,
  now: () => number,
  log: Logger,
): void {
  const serve = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    const signedAt = Number(request.headers['x-slack-request-timestamp'] ?? 0);
    if (!(signedAt > now() / 1_000 + SKEW)) return serve(request, response);
    log.warn({ reason: 'future-timestamp' }, 'a request was refused: is the clock of this machine right?');
    response.writeHead(401).end();
  };
}
