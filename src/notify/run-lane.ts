import { backoff } from '../lib/backoff.ts';
import type { Instant } from '../lib/instant.ts';
import { isOver } from '../lib/wait.ts';
import type { Bell } from '../lib/work/bell.ts';
import type { NotificationRow } from '../store/engine/outbox-schema.ts';
import { readNextNotification } from '../store/notification/next-notification.ts';
import { readInDoubt, readLastPost, readNextEdit } from '../store/notification/outbox.ts';
import { type LaneParts, POST_GAP } from './delivery-parts.ts';
import { editMessage } from './edit-message.ts';
import { sendNotification } from './send-notification.ts';
import { settleNotification } from './settle-notification.ts';

/** Milliseconds. Slack allows about 50 `chat.update` calls a minute in the whole workspace. */
const EDIT_GAP = 1_250;

/**
 * When Slack accepts the next post and edit, in monotonic time. Outlives a lane, because a refused post may count
 * against the rate limit too.
 */
export interface Pace {
  /** By channel. */
  readonly nextPostAt: Map<string, number>;
  /** In the whole workspace. */
  nextEditAt: number;
}

export interface Lane {
  readonly channel: string;
  readonly pace: Pace;
  /** Whether this process still owns the lane. */
  readonly isOurs: () => boolean;
  readonly stopping: AbortSignal;
  /** Rings when there may be something new: a waiting lane never checks the outbox by itself. */
  readonly bell: Bell;
}

/**
 * Delivers what is due in one channel until nothing is left: one notification at a time, and edits when no
 * notification is due. Meanwhile it settles notifications whose answers were lost.
 */
export async function runLane(parts: LaneParts, lane: Lane): Promise<void> {
  const { db, now, monotonic, postGap = POST_GAP } = parts;
  const { channel, pace, bell } = lane;
  const closing = new AbortController();
  const stopping = AbortSignal.any([lane.stopping, closing.signal]);
  const goesOn = () => !stopping.aborted && lane.isOurs();
  const doubts = new Set<Promise<void>>();
  const settle = (notification: NotificationRow) => {
    const doubt = settleNotification(parts, notification, { goesOn, stopping })
      // Ends the lane; the next one starts with the notifications in doubt.
      .catch((error: unknown) => closing.abort(error))
      .finally(() => {
        doubts.delete(doubt);
        bell.ring();
      });
    doubts.add(doubt);
  };
  /** Waits this long, or until the bell rings or the lane stops. */
  const pause = async (milliseconds: number, rung: AbortSignal) => {
    const something = AbortSignal.any([stopping, rung]);
    if (milliseconds === Number.POSITIVE_INFINITY) await aborted(something);
    else await parts.delay(Math.max(1, milliseconds), something).catch(() => undefined);
  };

  // Slack also counts posts by other processes, and by this lane's predecessors.
  const lastPost = await readLastPost(db, channel);
  const since = lastPost === null ? postGap : Math.max(0, now() - lastPost);
  const clearAt = monotonic() + postGap - since;
  let nextPostAt = Math.max(clearAt, pace.nextPostAt.get(channel) ?? clearAt);
  for (const notification of await readInDoubt(db, channel)) settle(notification);
  let editsRestUntil = Number.NEGATIVE_INFINITY;
  let lostInARow = 0;
  try {
    while (goesOn()) {
      const rung = bell.next();
      const notification = await readNextNotification(db, channel);
      const notificationIn = notification
        ? Math.max(dueIn(notification, now()), nextPostAt - monotonic())
        : Number.POSITIVE_INFINITY;
      if (notification && notificationIn <= 0) {
        const lost = await sendNotification(parts, notification);
        if (lost !== null) settle(lost);
        lostInARow = lost === null ? 0 : lostInARow + 1;
        // One lost answer is bad luck. Several are an outage, during which no more posts should become doubtful.
        const rest = lostInARow < 2 ? 0 : backoff(lostInARow);
        nextPostAt = monotonic() + Math.max(postGap, rest);
        pace.nextPostAt.set(channel, nextPostAt);
        continue;
      }
      const edit = await readNextEdit(db, channel);
      const editIn = edit
        ? Math.max(pace.nextEditAt, editsRestUntil) - monotonic()
        : Number.POSITIVE_INFINITY;
      if (edit && editIn <= 0) {
        pace.nextEditAt = monotonic() + EDIT_GAP;
        const wait = await editMessage(parts, edit);
        if (wait !== null) editsRestUntil = monotonic() + wait;
        continue;
      }
      const next = Math.min(notificationIn, editIn);
      if (next === Number.POSITIVE_INFINITY && doubts.size === 0) return;
      await pause(next, rung);
    }
    closing.signal.throwIfAborted();
  } finally {
    closing.abort();
    await Promise.all(doubts);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Milliseconds until a notification may be sent: it may be waiting for its failure reasons, or for a retry. */
function dueIn({ waits_since: from, due_at: until }: NotificationRow, now: Instant): number {
  return from === null || isOver({ from, until }, now) ? 0 : until - now;
}
