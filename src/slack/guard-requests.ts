import type { IncomingMessage, RequestListener } from 'node:http';
import { HTTPModuleFunctions } from '@slack/bolt';
import type { Logger } from 'pino';
import { problemOfRequest } from './read-request.ts';

/** How far Slack's clock and ours may be apart, in seconds: as far as Bolt lets a request be old. */
const SKEW = 5 * 60;

export interface GuardParts {
  readonly signingSecret: string;
  /** Real time, as in the signature; milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * Stands before Bolt's listener. Requests signed for a later time than now are refused, since Bolt refuses old ones only:
 * who once got hold of such a request could send it for as long as it is not old yet. Rightly signed requests that are
 * of no form of Slack's are refused as well, before Bolt or a listener stumbles over them. Everything else goes on to
 * Bolt, which answers 401 to a wrong signature.
 */
export function guardRequests(
  serve: RequestListener,
  { signingSecret, now, log }: GuardParts,
): RequestListener {
  return async (request, response) => {
    const signedAt = Number(request.headers['x-slack-request-timestamp'] ?? 0);
    if (signedAt > now() / 1_000 + SKEW) {
      log.warn({ reason: 'future-timestamp' }, 'a request was refused: is the clock of this machine right?');
      return void response.writeHead(401).end();
    }
    const problem = await problemOf(request, signingSecret);
    if (problem === null) return serve(request, response);
    log.warn({ problem }, 'a signed request has no form of Slack; it was refused');
    response.writeHead(400).end();
  };
}

/** Null: it is well formed, or its signature is wrong, which Bolt says. */
async function problemOf(request: IncomingMessage, signingSecret: string): Promise<string | null> {
  const verified = await HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret }, request).catch(
    () => null,
  );
  if (verified === null) return null;
  try {
    return problemOfRequest(HTTPModuleFunctions.parseHTTPRequestBody(verified));
  } catch {
    return 'the whole request: neither a form nor JSON';
  }
}
