import type { Instant } from '../../lib/instant.ts';
import { concerning, followsRule } from '../change/alarms/own-rules.ts';
import { type Change, type ChangeKind, isEnding } from '../change/changes.ts';
import type { Mention, Subscription } from '../subscription/subscription.ts';
import type { Task } from '../task/task.ts';
import { endsMutes, type Mute, muteDoes } from './mute.ts';

/** Kinds whose thread replies also go to the channel. */
const BROADCAST_KINDS: readonly ChangeKind[] = ['failed', 'ended', 'failing', 'stalled'];

/** Why a change was or was not posted in a channel, and in what form. */
export type NotificationReason =
  | 'first-notification'
  /** Found in the same poll as a change that is posted. */
  | 'told-with-the-first-notification'
  | 'has-a-thread'
  | 'progress-edits-the-root'
  | 'filter-does-not-match'
  | 'kind-not-wanted'
  /** An alarm raised by thresholds that no subscription of the channel uses. */
  | 'thresholds-of-others'
  | 'muted'
  /** The task ended, and that ended a mute set to last until then. */
  | 'mute-ended'
  | 'quiet-hours';

/** Why a notification is held, and until when. */
export type Hold =
  /** Until the channel's quiet hours are over. */
  { readonly because: 'quiet' } | { readonly because: 'muted'; readonly until: Instant };

export interface NotificationDecision {
  readonly channel: string;
  readonly change: Change;
  readonly tell: 'root' | 'reply' | 'edit' | 'nothing';
  /** A reply that also goes to the channel. */
  readonly broadcast: boolean;
  readonly mentions: readonly Mention[];
  /** Null: it is sent at once. */
  readonly hold: Hold | null;
  readonly reason: NotificationReason;
}

/** What each channel already has for one task. */
export interface Standing {
  /** Channels that have a root message for it. */
  readonly roots: ReadonlySet<string>;
  readonly mutes: ReadonlyMap<string, Mute>;
  /** Channels in their quiet hours. */
  readonly quiet: ReadonlySet<string>;
}

/**
 * Decides what each subscribed channel gets for one task after one comparison. The first wanted change of a task
 * becomes its root message there; after that every change is a reply, and the root shows the current state.
 */
export function decideNotifications(
  task: Task,
  changes: readonly Change[],
  subscriptions: readonly Subscription[],
  { roots, mutes, quiet }: Standing,
  now: Instant,
): readonly NotificationDecision[] {
  const channels = new Set([...subscriptions.map(({ channel }) => channel), ...roots]);
  return [...channels].flatMap((channel) => {
    const here = subscriptions.filter((subscription) => subscription.channel === channel);
    const matching = concerning(task, here, now);
    const mute = mutes.get(channel) ?? null;
    const decisions = roots.has(channel)
      ? decideInThread(changes, matching, { mute, now })
      : decideFirst(changes, matching);
    return decisions.map((decision) => ({ channel, ...(quiet.has(channel) ? hushed(decision) : decision) }));
  });
}

type Decision = Omit<NotificationDecision, 'channel'>;

const SILENT = { broadcast: false, mentions: [], hold: null } as const;

interface Thread {
  readonly mute: Mute | null;
  readonly now: Instant;
}

/**
 * Every change is a reply, in the order found. The change that ends the task also ends a mute that lasts until
 * then.
 */
function decideInThread(
  changes: readonly Change[],
  matching: readonly Subscription[],
  { mute, now }: Thread,
): readonly Decision[] {
  const end = mute?.until === null ? changes.findIndex(({ kind }) => endsMutes(kind)) : -1;
  return changes.map((change, index) => {
    if (change.kind === 'progress')
      return { ...SILENT, change, tell: 'edit', reason: 'progress-edits-the-root' };
    if (!concerns(change, matching))
      return { ...SILENT, change, tell: 'edit', reason: 'thresholds-of-others' };
    const over = end !== -1 && index > end;
    const together = over ? changes.slice(end + 1) : changes;
    const same = together.filter((one) => one.kind === change.kind && concerns(one, matching));
    const alarm = same.some(({ rule }) => rule !== undefined);
    return decideReply(change, alarm ? same : [change], matching, { mute: over ? null : mute, now });
  });
}

/** `same`: the change, plus alarms of the same kind found with it under other thresholds. */
function decideReply(
  change: Change,
  same: readonly Change[],
  matching: readonly Subscription[],
  { mute, now }: Thread,
): Decision {
  const effect = muteDoes(mute, change.kind, now);
  if (effect === 'swallow') return { ...SILENT, change, tell: 'edit', reason: 'muted' };
  // Thresholds of several subscriptions crossed at once make one reply.
  if (same[0] !== change)
    return { ...SILENT, change, tell: 'edit', reason: 'told-with-the-first-notification' };
  const wanting = matching.filter((subscription) => same.some((one) => wants(subscription, one)));
  const broadcast = wanting.length > 0 && BROADCAST_KINDS.includes(change.kind);
  const reply = {
    change,
    tell: 'reply',
    broadcast,
    mentions: broadcast ? mentionsOf(wanting) : [],
  } as const;
  if (effect === 'hold' && mute?.until != null)
    return { ...reply, hold: { because: 'muted', until: mute.until }, reason: 'muted' };
  return { ...reply, hold: null, reason: effect === 'ends' ? 'mute-ended' : 'has-a-thread' };
}

/** Several changes found at once make one root: it shows the task's state anyway, and reports the latest change. */
function decideFirst(changes: readonly Change[], matching: readonly Subscription[]): readonly Decision[] {
  const wanted = (change: Change) => matching.some((subscription) => wants(subscription, change));
  // Progress alone never opens a thread: `on:all` asks to see a task move, not for a message per counter.
  const opens = changes.filter((change) => change.kind !== 'progress' && wanted(change));
  const root = opens.at(-1);
  const wanting = matching.filter((subscription) => opens.some((change) => wants(subscription, change)));
  return changes.map((change): Decision => {
    if (change === root)
      return { ...SILENT, change, tell: 'root', mentions: mentionsOf(wanting), reason: 'first-notification' };
    return { ...SILENT, change, tell: 'nothing', reason: reasonForSilence(change) };
  });

  function reasonForSilence(change: Change): NotificationReason {
    if (matching.length === 0) return 'filter-does-not-match';
    if (!wanted(change)) {
      const kindWanted = matching.some(({ kinds }) => namesKind(kinds, change.kind));
      return kindWanted ? 'thresholds-of-others' : 'kind-not-wanted';
    }
    return root ? 'told-with-the-first-notification' : 'progress-edits-the-root';
  }
}

/** Quiet hours hold posts; edits notify nobody. They do not shorten a mute that lasts longer. */
function hushed(decision: Decision): Decision {
  const posted = decision.tell === 'root' || decision.tell === 'reply';
  if (!posted || decision.hold !== null) return decision;
  return { ...decision, hold: { because: 'quiet' }, reason: 'quiet-hours' };
}

function wants(subscription: Subscription, change: Change): boolean {
  return namesKind(subscription.kinds, change.kind) && followsRule(subscription, change);
}

/** `ended` means the outcome is unknown, so it goes to subscriptions to any kind of ending. */
function namesKind(kinds: readonly ChangeKind[], kind: ChangeKind): boolean {
  return kind === 'ended' ? kinds.some(isEnding) : kinds.includes(kind);
}

/**
 * An alarm counts if a subscription uses its thresholds. An alarm by the settings' thresholds also counts if no
 * subscription matches.
 */
function concerns(change: Change, matching: readonly Subscription[]): boolean {
  if (matching.some((subscription) => followsRule(subscription, change))) return true;
  return change.rule === undefined && matching.length === 0;
}

function mentionsOf(subscriptions: readonly Subscription[]): readonly Mention[] {
  const all = subscriptions.flatMap(({ mentions }) => mentions);
  return [...new Map(all.map((mention) => [JSON.stringify(mention), mention])).values()];
}
