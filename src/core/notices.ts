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
    let hasRoot = channelsWithRoot.has(channel);
    return changes.map((change): TellDecision => {
      const decision = decide(change.kind, hasRoot, wanted, matching.length > 0);
      hasRoot ||= decision.tell === 'root';
      return { channel, change, ...decision };
    });
  });
}

function decide(
  kind: ChangeKind,
  hasRoot: boolean,
  wanted: ReadonlySet<ChangeKind>,
  matched: boolean,
): Pick<TellDecision, 'tell' | 'broadcast' | 'reason'> {
  if (hasRoot && kind === 'progress') {
    return { tell: 'edit', broadcast: false, reason: 'progress-edits-the-root' };
  }
  if (hasRoot) {
    const broadcast = wanted.has(kind) && BROADCAST_KINDS.includes(kind);
    return { tell: 'reply', broadcast, reason: 'has-a-thread' };
  }
  if (!matched) return { tell: 'nothing', broadcast: false, reason: 'filter-does-not-match' };
  if (!wanted.has(kind)) return { tell: 'nothing', broadcast: false, reason: 'kind-not-wanted' };
  // Progress alone never opens a thread: `on:all` asks to see a task move, not for a message about every counter.
  if (kind === 'progress') return { tell: 'nothing', broadcast: false, reason: 'progress-edits-the-root' };
  return { tell: 'root', broadcast: false, reason: 'first-notice' };
}
