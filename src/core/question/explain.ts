import type { Instant } from '../../lib/instant.ts';
import type { ChangeKind } from '../change/changes.ts';
import { matches } from '../filter/matches.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';

/** A change of a task as the bot recorded it. */
export interface NotedChange {
  readonly kind: ChangeKind;
  readonly at: Instant;
  readonly noticedAt: Instant;
}

/** What was decided for a channel about a change, and what became of the notification. Words of later versions are kept. */
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
  /** No subscription of the channel is as old as the change. */
  | 'not-subscribed-then'
  | 'filter-does-not-match'
  /** A filter that fits now, and did not fit the task as it was, or was another one then. */
  | 'filter-did-not-match-then'
  /** It happened before decisions were kept, or they are no longer kept. */
  | 'not-recorded';

/** One change, and why a channel was told of it or not. */
export interface Explanation extends NotedDecision {
  /** The filters that the reason speaks of. */
  readonly filters: readonly Subscription['terms'][];
}

/** What a channel was told of a task and why. */
export interface Why {
  readonly task: Task;
  /** Since when the bot watches it. */
  readonly firstSeenAt: Instant;
  /** Oldest first. */
  readonly explanations: readonly Explanation[];
  /** Whether there are older ones that are left out. */
  readonly older: boolean;
}

export interface Grounds {
  readonly task: Task;
  readonly changes: readonly NotedChange[];
  /** Of the channel. */
  readonly decisions: readonly NotedDecision[];
  /** Of the channel, as they are now. */
  readonly subscriptions: readonly (Pick<Subscription, 'terms'> & { readonly createdAt: Instant })[];
  /** When the oldest decision of any channel was made that is still kept; null: none is. */
  readonly decisionsSince: Instant | null;
  readonly now: Instant;
}

/**
 * Explains for one channel what it was told of a task and what not, oldest first: the decisions that were recorded, and
 * the changes about which none was, since nothing of the channel fitted.
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
