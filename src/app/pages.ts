import type { Config } from '../config/config.ts';
import { startServer } from '../lib/http/start-server.ts';
import type { Closing } from '../lib/work/closing.ts';
import { createPages } from '../ops/pages.ts';
import type { Answering } from './answering.ts';
import type { BotParts, Common } from './common.ts';

/**
 * Starts the process's only HTTP server. It serves the operator's pages and, in roles that answer people,
 * Slack's requests and the installation pages. Resolves with the port; rejects if the port is unavailable.
 */
export async function servePages(
  { port, host }: Config,
  { log, clock }: BotParts,
  { db, platform, metrics, readiness, slack }: Common,
  answering: Answering | null,
  closing: Closing,
): Promise<number> {
  const pages = createPages({
    db,
    ledger: platform.ledger,
    metrics,
    now: clock.now,
    readiness,
    socketConnected: answering?.socketConnected ?? (() => null),
  });
  const server = await startServer({
    port,
    host,
    pages: answering === null ? pages : [...pages, ...slack.installPages],
    endpoint: answering?.endpoint ?? null,
    log,
  });
  closing.addDoor('requests over HTTP', server.stop);
  return server.port;
}
