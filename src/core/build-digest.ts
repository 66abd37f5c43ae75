import { alarmsFor } from './alarm-rules.ts';
import { CHANGE_KINDS, type ChangeKind } from './changes.ts';
import type { Digest, DigestTask } from './digest.ts';
import { matches } from './filter/matches.ts';
import type { Subscription } from './subscription.ts';
import { failedDevices } from './tally.ts';
import type { Instant } from './task.ts';
import { isActive, type WatchedTask } from './watched-task.ts';

/** Tasks named by a digest: more would be a list, which `/upgrades failed` is better at. */
export const LONGEST = 10;

export interface DigestGround {
  readonly from: Instant;
  readonly to: Instant;
  /** What happened in that time. */
  readonly changes: readonly { readonly operationId: string; readonly kind: ChangeKind }[];
  /** Every task that is active or in `changes`. */
  readonly tasks: ReadonlyMap<string, WatchedTask>;
  /** Those of the channel: their filters say which tasks are its business. */
  readonly subscriptions: readonly Subscription[];
}

const WORST_FIRST: readonly DigestTask['why'][] = ['failed', 'failing', 'stalled', 'overdue'];

/** The day of a channel: what happened to its tasks, what runs, and what wants a look. */
export function buildDigest({ from, to, changes, tasks, subscriptions }: DigestGround): Digest {
  const mine = new Map([...tasks].filter(([, { task }]) => concerns(task)));
  const happened = changes.filter(({ operationId }) => mine.has(operationId));
  const counts: Partial<Record<ChangeKind, number>> = {};
  for (const kind of CHANGE_KINDS) {
    const ids = new Set(happened.filter((one) => one.kind === kind).map(({ operationId }) => operationId));
    if (ids.size > 0) counts[kind] = ids.size;
  }
  const changed = new Set(happened.map(({ operationId }) => operationId));
  const attention = [...mine.values()].flatMap((watched): readonly DigestTask[] => {
    const { operationId, tally } = watched.task;
    const why = wantsLook(watched, changed.has(operationId), subscriptions);
    return why === null ? [] : [{ operationId, why, tally }];
  });
  const known = [...mine.values()].filter(({ vanishedAt }) => vanishedAt === null);
  return {
    from,
    to,
    changes: counts,
    running: known.filter(({ task }) => task.status === 'processing').length,
    waiting: known.filter(({ task }) => task.status === 'wait').length,
    attention: attention.toSorted(worseFirst).slice(0, LONGEST),
    attentionTotal: attention.length,
  };

  function concerns(task: WatchedTask['task']): boolean {
    return subscriptions.some(({ terms }) => matches(task, terms, { now: to, zone: 'UTC' }));
  }
}

/** A failed task is worth a look on the day it failed; a running one as long as its alarm stands. */
function wantsLook(
  watched: WatchedTask,
  changed: boolean,
  subscriptions: readonly Subscription[],
): DigestTask['why'] | null {
  const { status } = watched.task;
  if (watched.vanishedAt !== null) return null;
  if (status === 'failed') return changed ? 'failed' : null;
  if (!isActive(status)) return null;
  const alarms = alarmsFor(watched.alarms, subscriptions);
  if (alarms.failing) return 'failing';
  if (alarms.stalled) return 'stalled';
  return alarms.overdue === null ? null : 'overdue';
}

function worseFirst(one: DigestTask, other: DigestTask): number {
  return (
    WORST_FIRST.indexOf(one.why) - WORST_FIRST.indexOf(other.why) ||
    (failedDevices(other.tally) ?? 0) - (failedDevices(one.tally) ?? 0) ||
    (one.operationId < other.operationId ? -1 : 1)
  );
}
