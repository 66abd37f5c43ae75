import type { Instant } from '../../lib/instant.ts';
import { type Change, type ChangeKind, POSTED_KINDS } from '../change/changes.ts';
import type { Wished } from '../subscription/apply-wish.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';
import { decideNotifications } from './decide-notifications.ts';
import { MAX_SINGLE_ROOTS } from './summary-notifications.ts';

/** How far back a preview goes, in milliseconds. */
export const PREVIEW_SPAN = 7 * 86_400_000;
/** A subscription with more messages than this in `PREVIEW_SPAN` needs confirmation before it is saved. */
export const LOUD_MESSAGES = 100;
const EXAMPLES = 3;

/** A change noticed while the bot watched, or one that the subscription's own thresholds would have raised. */
export interface PastChange {
  readonly task: Task;
  readonly change: Change;
  /** Equal for everything found in one poll. */
  readonly noticedAt: Instant;
}

export interface PostedExample {
  readonly operationId: string;
  readonly kind: ChangeKind;
  readonly at: Instant;
}

/** What a subscription would have posted. */
export interface Preview {
  /** Messages that the whole channel would have seen. */
  readonly messages: number;
  /** How many of them were about one task, by kind of change; kinds without any are missing. */
  readonly kinds: ReadonlyMap<ChangeKind, number>;
  /** How many of them were summaries, and how many tasks those covered in total. */
  readonly summaries: number;
  readonly summarised: number;
  /** Thread replies, seen only by people following the thread. */
  readonly replies: number;
  /** Latest first. */
  readonly examples: readonly PostedExample[];
}

/** What a subscription would have posted lately, and how reliable that is. */
export interface PreviewAnswer extends Preview {
  /** Milliseconds covered; less than `PREVIEW_SPAN` if the bot has not watched that long. Null: not watching yet. */
  readonly span: number | null;
  /** Whether there were more changes than a preview reads: the figures are then a minimum. */
  readonly atLeast: boolean;
  /** The tasks of the examples in their current state. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/**
 * What a subscription alone would have posted for these changes, by the same rules as real notifications but
 * without mutes, quiet hours or other subscriptions' messages. Tasks are matched as given, not as they were then.
 */
export function previewSubscription(wished: Wished, past: readonly PastChange[]): Preview {
  const subscription: Subscription = { ...wished, id: 'preview', channel: 'preview' };
  const rooted = new Set<string>();
  const kinds = new Map<ChangeKind, number>();
  const total = { messages: 0, summaries: 0, summarised: 0, replies: 0 };
  const told: PostedExample[] = [];
  for (const [noticedAt, found] of cyclesOf(past)) {
    const seen: PostedExample[] = [];
    const shown = { root: 0, reply: 0 };
    const named = new Set<string>();
    for (const { task, changes } of tasksOf(found)) {
      const { operationId } = task;
      const roots = new Set(rooted.has(operationId) ? ['preview'] : []);
      const standing = { roots, mutes: new Map(), quiet: new Set<string>() };
      for (const decision of decideNotifications(task, changes, [subscription], standing, noticedAt)) {
        const { tell, broadcast, change } = decision;
        if (tell === 'root') rooted.add(operationId);
        if (tell === 'reply' && !broadcast) total.replies += 1;
        if (tell !== 'root' && !(tell === 'reply' && broadcast)) continue;
        shown[tell] += 1;
        named.add(operationId);
        seen.push({ operationId, kind: change.kind, at: change.at });
      }
    }
    told.push(...seen);
    // As `gatherNotifications` puts them into a summary.
    if (Math.max(shown.root, shown.reply) > MAX_SINGLE_ROOTS) {
      total.summaries += 1;
      total.summarised += named.size;
      total.messages += 1;
    } else {
      total.messages += seen.length;
      for (const { kind } of seen) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  return { ...total, kinds, examples: told.slice(-EXAMPLES).reverse() };
}

/** Whether a subscription posts so much that its author is asked first. */
export function isLoud({ messages }: Pick<Preview, 'messages'>): boolean {
  return messages > LOUD_MESSAGES;
}

/** The changes of each poll, earliest poll first. */
function cyclesOf(past: readonly PastChange[]): readonly (readonly [Instant, readonly PastChange[]])[] {
  return [...Map.groupBy(past, ({ noticedAt }) => noticedAt)].toSorted(([one], [other]) => one - other);
}

/** One poll's changes by task, each task's in the order they happened. */
function tasksOf(
  found: readonly PastChange[],
): readonly { readonly task: Task; readonly changes: readonly Change[] }[] {
  return [...Map.groupBy(found, ({ task }) => task.operationId).values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const changes = some.map(({ change }) => change).toSorted(inOrder);
    return [{ task: first.task, changes }];
  });
}

/** Changes found at once are stored without their order; alarms come after the status they refer to. */
function inOrder(one: Change, other: Change): number {
  return one.at - other.at || POSTED_KINDS.indexOf(one.kind) - POSTED_KINDS.indexOf(other.kind);
}
