import type { Instant } from '../../lib/instant.ts';
import { alarmsFor, concerning } from '../change/alarms/own-rules.ts';
import { standingAlarms } from '../change/alarms/standing-alarms.ts';
import { type ChangeKind, POSTED_KINDS } from '../change/changes.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { failedDevices } from '../task/tally.ts';
import type { Tally } from '../task/task.ts';
import type { WatchedTask } from '../task/watched-task.ts';

/** What a digest counts. The end of a stall says nothing about a day. */
export const DIGEST_KINDS = POSTED_KINDS.filter((kind) => kind !== 'resumed');

/** One day of the tasks that match a channel's subscriptions. */
export interface Digest {
  readonly from: Instant;
  readonly to: Instant;
  /** Number of tasks that went through each kind of change; kinds that did not occur are missing. */
  readonly changes: Readonly<Partial<Record<ChangeKind, number>>>;
  /** Running and waiting at the end of the day. */
  readonly running: number;
  readonly waiting: number;
  /** Tasks that need attention: failed that day, failing, stalled or overdue. Worst first, at most `LONGEST`. */
  readonly attention: readonly DigestTask[];
  /** Total number of tasks that need attention. */
  readonly attentionTotal: number;
}

export interface DigestTask {
  readonly operationId: string;
  readonly why: 'failed' | 'failing' | 'stalled' | 'overdue';
  readonly tally: Tally;
}

/** Most tasks named in a digest. For a longer list, `/upgrades failed` is better. */
export const LONGEST = 10;

export interface DigestGround {
  readonly from: Instant;
  readonly to: Instant;
  /** Changes between `from` and `to`. */
  readonly changes: readonly { readonly operationId: string; readonly kind: ChangeKind }[];
  /** Every task that is active or in `changes`. */
  readonly tasks: ReadonlyMap<string, WatchedTask>;
  /** The channel's subscriptions; their filters pick its tasks. */
  readonly subscriptions: readonly Subscription[];
}

const WORST_FIRST: readonly DigestTask['why'][] = ['failed', 'failing', 'stalled', 'overdue'];

/** A channel's day: what happened to its tasks, what is running, and what needs attention. */
export function buildDigest({ from, to, changes, tasks, subscriptions }: DigestGround): Digest {
  const mine = [...tasks.values()].flatMap((watched) => {
    const wishes = concerning(watched.task, subscriptions, to);
    return wishes.length === 0 ? [] : [{ ...watched, alarms: alarmsFor(watched.alarms, wishes) }];
  });
  const ids = new Set(mine.map(({ task }) => task.operationId));
  const happened = Map.groupBy(
    changes.filter(({ operationId }) => ids.has(operationId)),
    ({ kind }) => kind,
  );
  const through = (kind: ChangeKind) => new Set(happened.get(kind)?.map(({ operationId }) => operationId));
  const counts = DIGEST_KINDS.flatMap((kind) => {
    const { size } = through(kind);
    return size === 0 ? [] : [[kind, size] as const];
  });
  const failed = through('failed');
  const attention = mine.flatMap((watched): readonly DigestTask[] => {
    const { operationId, tally } = watched.task;
    const [why] = standingAlarms(watched);
    // A failed task needs attention on the day it failed; a running one as long as its alarm holds.
    if (why === undefined || (why === 'failed' && !failed.has(operationId))) return [];
    return [{ operationId, why, tally }];
  });
  const known = mine.filter(({ vanishedAt }) => vanishedAt === null);
  return {
    from,
    to,
    changes: Object.fromEntries(counts),
    running: known.filter(({ task }) => task.status === 'running').length,
    waiting: known.filter(({ task }) => task.status === 'waiting').length,
    attention: attention.toSorted(worseFirst).slice(0, LONGEST),
    attentionTotal: attention.length,
  };
}

function worseFirst(one: DigestTask, other: DigestTask): number {
  return (
    WORST_FIRST.indexOf(one.why) - WORST_FIRST.indexOf(other.why) ||
    (failedDevices(other.tally) ?? 0) - (failedDevices(one.tally) ?? 0) ||
    (one.operationId < other.operationId ? -1 : 1)
  );
}
