import type { Kysely } from 'kysely';
import { askHistory } from '../../../src/ask/ask-history.ts';
import { askPreview } from '../../../src/ask/ask-preview.ts';
import { parseTerms, toListRequest } from '../../../src/core/filter/parse-terms.ts';
import { DEFAULT_KINDS } from '../../../src/core/subscription/subscription.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import { readChangesBetween } from '../../../src/store/change/changes.ts';
import type { Schema } from '../../../src/store/engine/schema.ts';
import { readDecisions } from '../../../src/store/notification/decisions.ts';
import { countNotifications, readBacklog } from '../../../src/store/notification/figures.ts';
import { readBusyChannels } from '../../../src/store/notification/outbox.ts';
import { readNextUnreadFailures } from '../../../src/store/task/device-results.ts';
import { findFailedSince, findTasks } from '../../../src/store/task/find-tasks.ts';
import { REMEMBERED } from '../../../src/store/task/prune.ts';
import { countByStatus, readActiveIds } from '../../../src/store/task/tasks.ts';
import { median } from '../statistics.ts';
import { DAY, THRESHOLDS } from './fleet.ts';

const ROUNDS = 9;
const LISTS = [
  'failed sort:failed',
  '-success -model:M7',
  'active',
  'since:2d fail>5%',
  'group:g7',
  'sort:failed page:900',
] as const;

/** Milliseconds of each query, the median of some rounds. `oldest` has run for longer than any other task. */
export async function timeQueries(
  db: Kysely<Schema>,
  { now, channel, oldest }: { readonly now: Instant; readonly channel: string; readonly oldest: string },
): Promise<ReadonlyMap<string, number>> {
  const context = { now, zone: 'UTC' };
  const wished = { terms: [], kinds: DEFAULT_KINDS, mentions: [] };
  const thresholds = { failingPercent: 3, stalledAfter: DAY / 12 };
  const parts = { db, now: () => now, thresholds: THRESHOLDS, turn: async () => undefined };
  const queries: Readonly<Record<string, () => Promise<unknown>>> = {
    ...Object.fromEntries(
      LISTS.map((line) => [`list ${line}`, () => findTasks(db, toListRequest(parseTerms(line)), context)]),
    ),
    'failures of the last 7 days': () => findFailedSince(db, now - 7 * DAY, 10),
    'history of a task': () => askHistory({ db }, oldest),
    'why of a task': () => readDecisions(db, channel, oldest, 20),
    'preview with thresholds of its own': () => askPreview(parts, { ...wished, thresholds }),
    "a day's digest": () => readChangesBetween(db, { from: now - DAY, to: now }, 50_000),
    'tasks by status': () => countByStatus(db),
    'active tasks': () => readActiveIds(db),
    'notices by state': () => countNotifications(db),
    'what waits': () => readBacklog(db),
    'channels to deliver to': () => readBusyChannels(db),
    'failed devices to read next': () => readNextUnreadFailures(db, now - REMEMBERED),
  };
  const times = new Map<string, number>();
  for (const [name, query] of Object.entries(queries)) times.set(name, await timed(query));
  return times;
}

async function timed(query: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await query();
    if (round >= 0) times.push(performance.now() - begun);
  }
  return median(times);
}
