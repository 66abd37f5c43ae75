import type { ServerResponse } from 'node:http';
import type { Kysely } from 'kysely';
import type { Page } from '../lib/http/start-server.ts';
import type { Instant } from '../lib/instant.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import type { Schema } from '../store/engine/schema.ts';
import type { Metrics } from './metrics/create-metrics.ts';
import { readStoreFigures } from './metrics/read-store-figures.ts';
import type { Readiness } from './readiness.ts';

export interface PageParts {
  readonly db: Kysely<Schema>;
  readonly ledger: CallLedger;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  readonly readiness: Readiness;
  /** Returns null if this process has no socket to Slack. */
  readonly socketConnected: () => boolean | null;
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function createPages(parts: PageParts): readonly Page[] {
  const { db, ledger, metrics, now, readiness, socketConnected } = parts;
  return [
    {
      path: '/healthz',
      handle: async (_request, response) => answerJson(response, 200, { alive: true }),
    },
    {
      path: '/readyz',
      async handle(_request, response) {
        const { ready, reasons } = await readiness.read();
        answerJson(response, ready ? 200 : 503, { ready, reasons });
      },
    },
    {
      path: '/metrics',
      async handle(_request, response) {
        const { parts: ready } = await readiness.read();
        const store = await readStoreFigures(db, ledger, now()).catch(() => null);
        const page = await metrics.page({ store, ready, socketConnected: socketConnected() });
        response.writeHead(200, { 'content-type': metrics.contentType }).end(page);
      },
    },
  ];
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
