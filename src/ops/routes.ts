import type { Kysely } from 'kysely';
import { cronRuns, intervalOf } from '../lib/cron.ts';
import type { Route } from '../lib/http/route.ts';
import type { Instant } from '../lib/instant.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import type { Metrics } from './metrics/create-metrics.ts';
import { readStoreFigures } from './metrics/read-store-figures.ts';
import { judgeReadiness, type Readiness } from './readiness.ts';

/** Polls that may be missed before the process counts as not ready, and the shortest time that counts. */
const MISSED_POLLS = 3;
const SHORTEST_GAP = 30_000;

export interface RouteParts {
  readonly db: Kysely<Schema>;
  readonly ledger: CallLedger;
  readonly metrics: Metrics;
  readonly now: () => Instant;
  readonly polls: boolean;
  readonly pollSchedule: string;
  readonly slackTrouble: () => string | null;
  readonly socketConnected: () => boolean | null;
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function createRoutes(parts: RouteParts): readonly Route[] {
  const longestGap = Math.max(
    SHORTEST_GAP,
    MISSED_POLLS * intervalOf(cronRuns(parts.pollSchedule), parts.now()),
  );
  return [
    { path: '/healthz', answer: async () => json(200, { alive: true }) },
    {
      path: '/readyz',
      answer: async () => {
        const readiness = await readReadiness(parts, longestGap);
        return json(readiness.ready ? 200 : 503, { ready: readiness.ready, reasons: readiness.reasons });
      },
    },
    {
      path: '/metrics',
      answer: async () => {
        const { parts: ready } = await readReadiness(parts, longestGap);
        const store = await readStoreFigures(parts.db, parts.ledger, parts.now()).catch(() => null);
        const observed = { store, ready, socketConnected: parts.socketConnected() };
        return { status: 200, type: parts.metrics.contentType, body: await parts.metrics.page(observed) };
      },
    },
  ];
}

async function readReadiness(parts: RouteParts, longestGap: number): Promise<Readiness> {
  const { now, polls } = parts;
  const slack = parts.slackTrouble();
  try {
    const { lastGoodCycleAt } = await readWatchState(parts.db);
    return judgeReadiness({ store: null, slack, lastGoodCycleAt, polls }, now(), longestGap);
  } catch {
    return judgeReadiness(
      { store: 'cannot be read', slack, lastGoodCycleAt: null, polls: false },
      now(),
      longestGap,
    );
  }
}

function json(status: number, body: unknown) {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}
