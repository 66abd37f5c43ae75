import type { Instant } from '../../lib/instant.ts';
import { type Change, type ChangeKind, POSTED_KINDS } from '../change/changes.ts';
import type { Wished } from '../subscription/apply-wish.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';
import { decideNotifications } from './decide-notifications.ts';
import { MAX_SINGLE_ROOTS } from './summary-notifications.ts';

/** How far back a preview looks, in milliseconds. */
export const PREVIEW_SPAN = 7 * 86_400_000;
/** A subscription with more messages than this in that time is asked about before it is saved. */
export const LOUD_MESSAGES = 100;
const EXAMPLES = 3;

/** A change that was noticed while the bot watched, or would have been by thresholds of the subscription's own. */
export interface PastChange {
  readonly task: Task;
  readonly change: Change;
  /** Equal for everything found at one look. */
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
  /** How many of them were about one task, by the change they tell; kinds without any are missing. */
  readonly kinds: ReadonlyMap<ChangeKind, number>;
  /** How many of them would have told of many tasks at once, and how many tasks those are together. */
  readonly summaries: number;
  readonly summarised: number;
  /** Replies in threads, which only those who follow a thread hear of. */
  readonly replies: number;
  /** Latest first. */
  readonly examples: readonly PostedExample[];
}

/** What a subscription would have told lately, and how far that can be said. */
export interface PreviewAnswer extends Preview {
  /** Milliseconds looked back; less than `PREVIEW_SPAN` when the bot has not watched for longer. Null: not at all yet. */
  readonly span: number | null;
  /** Whether there was more than is looked at for a preview: the figures are the least it would have been. */
  readonly atLeast: boolean;
  /** The tasks of the examples, as they stand now. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/**
 * What a subscription alone would have told of these changes, by the rules that notifications are decided by: no mutes, no
 * quiet hours, no messages of other subscriptions. Tasks are judged as they are given, not as they were then.
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

/** Whether a subscription says so much that its maker is asked first. */
export function isLoud({ messages }: Pick<Preview, 'messages'>): boolean {
  return messages > LOUD_MESSAGES;
}

/** The changes of each look, earliest look first. */
function cyclesOf(past: readonly PastChange[]): readonly (readonly [Instant, readonly PastChange[]])[] {
  return [...Map.groupBy(past, ({ noticedAt }) => noticedAt)].toSorted(([one], [other]) => one - other);
}

/** The changes of one look by task, each task's in the order they happened. */
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

/** What was found at once is kept without its order; alarms are found after the status that they speak of. */
function inOrder(one: Change, other: Change): number {
  return one.at - other.at || POSTED_KINDS.indexOf(one.kind) - POSTED_KINDS.indexOf(other.kind);
}
