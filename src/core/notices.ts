import type { Change, ChangeKind } from './changes.ts';
import type { Term } from './filter/filter.ts';
import { matches } from './filter/matches.ts';
import type { Instant, Task } from './task.ts';

/** A channel's wish: a filter plus the kinds of change it wants to hear of. */
export interface Subscription {
  readonly id: string;
  readonly channel: string;
  readonly terms: readonly Term[];
  readonly kinds: readonly ChangeKind[];
}

/** What a subscription hears of when it does not say. */
export const DEFAULT_KINDS: readonly ChangeKind[] = ['failed', 'failing', 'stalled'];

/** Kinds that are shown in the channel as well when they are told in a thread. */
const BROADCAST_KINDS: readonly ChangeKind[] = ['failed', 'failing', 'stalled'];

/** Why a change was told in a channel the way it was, or not told. */
export type TellReason =
  | 'first-notice'
  | 'told-with-the-first-notice'
  | 'has-a-thread'
  | 'progress-edits-the-root'
  | 'filter-does-not-match'
  | 'kind-not-wanted';

export interface TellDecision {
  readonly channel: string;
  readonly change: Change;
  readonly tell: 'root' | 'reply' | 'edit' | 'nothing';
  /** A reply that the whole channel sees as well. */
  readonly broadcast: boolean;
  readonly reason: TellReason;
}

/**
 * Decides for one task, after one comparison, what each subscribed channel hears. The first wanted change of a task
 * becomes its root message there; from then on every change is a reply and the root shows the present state.
 */
export function decideNotices(
  task: Task,
  changes: readonly Change[],
  subscriptions: readonly Subscription[],
  channelsWithRoot: ReadonlySet<string>,
  now: Instant,
): readonly TellDecision[] {
  const channels = new Set([...subscriptions.map(({ channel }) => channel), ...channelsWithRoot]);
  return [...channels].flatMap((channel) => {
    const here = subscriptions.filter((subscription) => subscription.channel === channel);
    const matching = here.filter(({ terms }) => matches(task, terms, { now, zone: 'UTC' }));
    const wanted = new Set(matching.flatMap(({ kinds }) => kinds));
    const decisions = channelsWithRoot.has(channel)
      ? changes.map((change) => decideInThread(change, wanted))
      : decideFirst(changes, wanted, matching.length > 0);
    return decisions.map((decision) => ({ channel, ...decision }));
  });
}

function decideInThread(change: Change, wanted: ReadonlySet<ChangeKind>): Omit<TellDecision, 'channel'> {
  if (change.kind === 'progress') {
    return { change, tell: 'edit', broadcast: false, reason: 'progress-edits-the-root' };
  }
  const broadcast = wanted.has(change.kind) && BROADCAST_KINDS.includes(change.kind);
  return { change, tell: 'reply', broadcast, reason: 'has-a-thread' };
}

/** Several changes found at once make one root: it shows the task's state anyway, and speaks of the latest change. */
function decideFirst(
  changes: readonly Change[],
  wanted: ReadonlySet<ChangeKind>,
  matched: boolean,
): readonly Omit<TellDecision, 'channel'>[] {
  // Progress alone never opens a thread: `on:all` asks to see a task move, not for a message about every counter.
  const opens = changes.filter(({ kind }) => wanted.has(kind) && kind !== 'progress');
  const root = opens.at(-1);
  return changes.map((change) => {
    if (change === root) return { change, tell: 'root', broadcast: false, reason: 'first-notice' };
    return { change, tell: 'nothing', broadcast: false, reason: reasonForSilence(change) };
  });

  function reasonForSilence(change: Change): TellReason {
    if (!matched) return 'filter-does-not-match';
    if (!wanted.has(change.kind)) return 'kind-not-wanted';
    return root ? 'told-with-the-first-notice' : 'progress-edits-the-root';
  }
}
