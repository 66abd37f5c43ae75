import type { IncomingMessage, RequestListener } from 'node:http';
import { HTTPModuleFunctions } from '@slack/bolt';
import type { Logger } from 'pino';
import { createReportOnce } from '../../lib/report-once.ts';
import { isRateNotice, problemOfRequest } from './read-request.ts';

/** Tolerated difference between Slack's clock and ours, in seconds: the maximum request age Bolt accepts. */
const SKEW = 5 * 60;

export interface GuardParts {
  readonly signingSecret: string;
  /** Real time, as in the signature; milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * Runs before Bolt's listener. Refuses requests signed for a future time: Bolt refuses only old ones, so a
 * captured one could be replayed until it is old. Refuses signed requests that match no Slack format, before
 * Bolt or a listener trips over them. Handles Slack's rate limit notice, logging it once. Everything else
 * goes to Bolt, which answers 401 to a wrong signature.
 */
export function guardRequests(
  serve: RequestListener,
  { signingSecret, now, log }: GuardParts,
): RequestListener {
  const onRateNotice = createReportOnce((what) =>
    log.warn(
      { what },
      'Slack holds back events, so that mentions and direct messages may stay unanswered: the app subscribes to more than it can be sent (30,000 an hour for each workspace); this is not reported again',
    ),
  );
  return async (request, response) => {
    const signedAt = Number(request.headers['x-slack-request-timestamp'] ?? 0);
    if (signedAt > now() / 1_000 + SKEW) {
      log.warn({ reason: 'future-timestamp' }, 'a request was refused: is the clock of this machine right?');
      return void response.writeHead(401).end();
    }
    const verified = await readVerified(request, signingSecret);
    if (verified === null) return serve(request, response);
    if (isRateNotice(verified.body)) {
      onRateNotice('app_rate_limited');
      return void response.writeHead(200).end();
    }
    const problem = problemOfRequest(verified.body);
    if (problem === null) return serve(request, response);
    log.warn({ problem }, 'a signed request has no form of Slack; it was refused');
    response.writeHead(400).end();
  };
}

/**
 * The body, undefined if it is neither a form nor JSON; null if the signature is wrong, which Bolt reports.
 */
async function readVerified(
  request: IncomingMessage,
  signingSecret: string,
): Promise<{ readonly body: unknown } | null> {
  const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret }, request).catch(
    () => null,
  );
  if (verified === null) return null;
  try {
    return { body: HTTPModuleFunctions.parseHTTPRequestBody(verified) };
  } catch {
    return { body: undefined };
  }
}
