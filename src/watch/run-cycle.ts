import type { Kysely } from 'kysely';
import { fromAbsence, nextAbsence } from '../core/change/absence.ts';
import type { AlarmThresholds } from '../core/change/alarms/thresholds.ts';
import type { PlannedNotification } from '../core/notification/planned-notification.ts';
import type { KnownStatus, Task } from '../core/task/task.ts';
import type { Instant } from '../lib/instant.ts';
import { BudgetExhaustedError } from '../platform/errors.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readWatchState, type WatchState } from '../store/platform/watch-state.ts';
import { readSubscribedChannels } from '../store/subscription/subscriptions.ts';
import { readActiveStatuses } from '../store/task/tasks.ts';
import { type CountKnown, createCountKnown } from './count-known.ts';
import { isNews } from './is-news.ts';
import { createPollCalls, type PollCallParts } from './poll-calls.ts';
import { type ActivePass, NEW_PASS, readActive } from './read-active.ts';
import { type EndedReading, readEnded } from './read-ended.ts';
import { type Recorded, recordSnapshots } from './record-snapshots.ts';

/** Calls a cycle may make beyond one for every hundred active or departed tasks. */
const CONSTANT_CALLS = 8;

export interface CycleParts extends PollCallParts {
  readonly db: Kysely<Schema>;
  readonly thresholds: AlarmThresholds;
  /** Timestamp for what was read; does not jump if the clock is set during a reading. */
  readonly recordedAt: () => Instant;
  readonly newId: () => string;
  /** Called in the recording transaction; throws if another process watches by now. */
  readonly confirm: (tx: Kysely<Schema>) => Promise<void>;
  /** Gap between two good cycles after which the bot counts as having been away, in milliseconds. */
  readonly downtimeAfter: number;
}

export interface CycleReport extends Recorded {
  /** False: the budget ran out before everything was read; the next cycle continues. */
  readonly whole: boolean;
  readonly calls: number;
  readonly active: number;
  /** Where the next cycle starts reading the active lists. */
  readonly pass: ActivePass;
}

/**
 * Polls the platform once: active tasks, tasks that left the active lists, and tasks that came and went in between.
 * Throws if the platform could not be read; then nothing is recorded and the next cycle starts over.
 */
export async function runCycle(
  parts: CycleParts,
  pass: ActivePass,
  signal: AbortSignal,
): Promise<CycleReport> {
  const { db } = parts;
  const calls = createPollCalls(parts, 'poll', signal);
  const state = await readWatchState(db);
  const activeBefore = await readActiveStatuses(db);
  const reading = await readActive(pass, calls);
  if (!reading.whole && !(reading.stoppedBy instanceof BudgetExhaustedError)) throw reading.stoppedBy;
  const departed = new Set([...activeBefore.keys()].filter((id) => !reading.pass.seen.has(id)));
  const spent = calls.made();
  const known = createCountKnown(db, reading.tasks, activeBefore);
  const ended = reading.whole
    ? await readEnded(
        {
          departed,
          known,
          state,
          allowance: Math.floor((reading.pass.seen.size + departed.size) / 100) + CONSTANT_CALLS - spent,
        },
        calls,
      )
    : nothingRead(state);
  const now = parts.recordedAt();
  const active = reading.pass.seen.size;
  const snapshots = { tasks: [...reading.tasks, ...ended.tasks], gone: ended.gone };
  const first = state.lastGoodCycleAt === null;
  // A first poll without the ended tasks would report old ones as news later, so it is not a baseline yet.
  const good = reading.whole && !(first && ended.stopped);
  const since = state.lastGoodCycleAt;
  const returned = since !== null && now - since > parts.downtimeAfter ? { from: since, until: now } : null;
  const found = new Set([...ended.tasks.map(({ operationId }) => operationId), ...ended.gone]);
  const lost = new Set([...departed].filter((id) => !found.has(id)));
  const absence = nextAbsence(state.absence, lost, returned);
  const next = good ? { ...nextState(state, { now, ended, tasks: snapshots.tasks }), absence } : state;
  const recorded = await recordSnapshots(
    db,
    snapshots,
    next,
    {
      now,
      thresholds: parts.thresholds,
      newId: parts.newId,
      confirm: parts.confirm,
      listed: reading.pass.seen,
      isNews: (task) => isNews(task, state),
      reasonsRead: spareCalls({ calls: calls.made(), active }),
      wasAway: returned === null ? fromAbsence(state.absence) : () => true,
    },
    first && good ? await baselineNotes(parts, { pass: reading.pass, known, ended }, now) : [],
  );
  return {
    ...recorded,
    whole: reading.whole && !ended.stopped,
    calls: calls.made(),
    active,
    // If the active lists used up the budget, the next cycle goes straight to the ended ones.
    pass: reading.whole && !ended.stopped ? NEW_PASS : reading.pass,
  };
}

/** Calls a cycle was allowed but did not make. */
export function spareCalls({ calls, active }: Pick<CycleReport, 'calls' | 'active'>): number {
  return Math.max(0, Math.floor(active / 100) + CONSTANT_CALLS - calls);
}

function nothingRead(state: WatchState): EndedReading {
  return { tasks: [], gone: [], order: state.order, ended: state.ended, whole: false, stopped: true };
}

function nextState(
  state: WatchState,
  cycle: {
    readonly now: Instant;
    readonly ended: EndedReading;
    readonly tasks: readonly Task[];
  },
): WatchState {
  const first = state.lastGoodCycleAt === null;
  const times = cycle.tasks.flatMap(({ createTime }) => (createTime === null ? [] : [createTime]));
  return {
    ...state,
    lastGoodCycleAt: cycle.now,
    order: cycle.ended.order,
    ended: cycle.ended.ended,
    baselineAt: state.baselineAt ?? (first && cycle.ended.whole ? cycle.now : null),
    newestAtStart: first ? newestKnown(cycle, times) : state.newestAtStart,
  };
}

/**
 * A time after which no task known to the first poll, or hidden from it, was created. This is the newest task's
 * creation time if the newest page of each list was read, otherwise our own time at the earliest: clock differences
 * must not turn the past into news.
 */
function newestKnown({ now, ended }: { now: Instant; ended: EndedReading }, times: readonly Instant[]) {
  const totals = Object.values(ended.ended).map(({ total }) => total);
  const newestRead =
    ended.whole ||
    ended.order === 'newest-first' ||
    (ended.order === 'oldest-first' && !totals.includes(null));
  const newest = times.length === 0 ? null : times.reduce((one, other) => Math.max(one, other));
  return newestRead ? newest : Math.max(newest ?? now, now);
}

/** The first poll reports nothing about the past, only how much is watched from now on. */
async function baselineNotes(
  { db, newId }: CycleParts,
  read: { readonly pass: ActivePass; readonly known: CountKnown; readonly ended: EndedReading },
  now: Instant,
): Promise<readonly PlannedNotification[]> {
  const { pass, known, ended } = read;
  const totals = {
    ...pass.totals,
    ...Object.fromEntries(Object.entries(ended.ended).map(([status, { total }]) => [status, total])),
  };
  const count = async (status: KnownStatus) => totals[status] ?? (await known(status, ended.tasks));
  const running = await count('running');
  const waiting = await count('waiting');
  const over = (await count('failed')) + (await count('succeeded')) + (await count('stopped'));
  const tasks = running + waiting + over;
  const channels = await readSubscribedChannels(db);
  return channels.map((channel) => ({
    id: newId(),
    channel,
    place: 'note',
    operationId: null,
    messageId: null,
    broadcast: false,
    happenedAt: now,
    noticedAt: now,
    content: { kind: 'baseline', tasks, running, waiting },
    hold: null,
  }));
}
