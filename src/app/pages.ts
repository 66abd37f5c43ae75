import type { Config } from '../config/config.ts';
import { startServer } from '../lib/http/start-server.ts';
import type { Closing } from '../lib/work/closing.ts';
import { createPages } from '../ops/pages.ts';
import type { Answering } from './answering.ts';
import type { BotParts, Common } from './common.ts';

/**
 * The one HTTP server of a process: its pages and, where it answers people, Slack's requests and the installation. Resolves
 * with its port; rejects where that cannot be had.
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
