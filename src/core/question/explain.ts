import type { Instant } from '../../lib/instant.ts';
import type { ChangeKind } from '../change/changes.ts';
import { matches } from '../filter/matches.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';

/** A task's change as the bot recorded it. */
export interface NotedChange {
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
}

/**
 * The decision recorded for a channel about a change, and what became of the notification. Words from later
 * versions are kept.
 */
export interface NotedDecision {
  readonly kind: string;
  readonly at: Instant;
  readonly noticedAt: Instant;
  readonly reason: string;
  readonly notification: {
    readonly state: string;
    readonly held: 'quiet' | 'muted' | 'suspended' | null;
    readonly doubtful: boolean;
    readonly sentAt: Instant | null;
  } | null;
}

/** Why there is no decision about a change. */
export type UndecidedReason =
  /** Every current subscription of the channel is newer than the change. */
  | 'not-subscribed-then'
  | 'filter-does-not-match'
  /** The filter matches now, but did not match the task as it was then, or the filter has changed since. */
  | 'filter-did-not-match-then'
  /** It is older than the decisions still kept. */
  | 'not-recorded';

/** One change, and why it was or was not posted in a channel. */
export interface Explanation extends NotedDecision {
  /** The filters the reason refers to. */
  readonly filters: readonly Subscription['terms'][];
}

/** What was and was not posted about a task in a channel, and why. */
export interface Why {
  readonly task: Task;
  /** When the bot first saw it. */
  readonly firstSeenAt: Instant;
  /** Oldest first. */
  readonly explanations: readonly Explanation[];
  /** Whether older ones were left out. */
  readonly older: boolean;
}

export interface Grounds {
  readonly task: Task;
  readonly changes: readonly NotedChange[];
  /** The channel's decisions. */
  readonly decisions: readonly NotedDecision[];
  /** The channel's current subscriptions. */
  readonly subscriptions: readonly (Pick<Subscription, 'terms'> & { readonly createdAt: Instant })[];
  /** Time of the oldest decision still kept, for any channel; null if there is none. */
  readonly decisionsSince: Instant | null;
  readonly now: Instant;
}

/**
 * Explains what was and was not posted about a task in one channel, oldest first: the recorded decisions, plus the
 * changes without one because none of the channel's subscriptions matched.
 */
export function explain({ changes, decisions, ...grounds }: Grounds): readonly Explanation[] {
  const decided = new Set(decisions.map(keyOf));
  const undecided = changes
    .filter((change) => !decided.has(keyOf(change)))
    .map((change): Explanation => ({ ...change, notification: null, ...reasonFor(change, grounds) }));
  const explained = decisions.map((decision): Explanation => ({ ...decision, filters: [] }));
  return [...explained, ...undecided].toSorted(
    (one, other) => one.noticedAt - other.noticedAt || one.at - other.at,
  );
}

function keyOf({
  kind,
  at,
  noticedAt,
}: {
  readonly kind: string;
  readonly at: Instant;
  readonly noticedAt: Instant;
}) {
  return `${kind} ${at} ${noticedAt}`;
}

function reasonFor(
  { noticedAt }: NotedChange,
  { task, subscriptions, decisionsSince, now }: Omit<Grounds, 'changes' | 'decisions'>,
): { readonly reason: UndecidedReason; readonly filters: Explanation['filters'] } {
  const older = subscriptions.filter(({ createdAt }) => createdAt <= noticedAt);
  if (older.length === 0) return { reason: 'not-subscribed-then', filters: [] };
  const fitting = older.filter(({ terms }) => matches(task, terms, { now, zone: 'UTC' }));
  const filters = (some: typeof older) => some.map(({ terms }) => terms);
  if (fitting.length === 0) return { reason: 'filter-does-not-match', filters: filters(older) };
  if (decisionsSince === null || noticedAt < decisionsSince) return { reason: 'not-recorded', filters: [] };
  return { reason: 'filter-did-not-match-then', filters: filters(fitting) };
}
