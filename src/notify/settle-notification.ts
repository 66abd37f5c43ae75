import { backoff } from '../lib/backoff.ts';
import type { NotificationRow } from '../store/engine/outbox-schema.ts';
import { markPending } from '../store/notification/outbox.ts';
import { type LaneParts, report } from './delivery-parts.ts';
import { rootOf } from './notification-reader.ts';

/** Milliseconds. Slack's history lags behind posts: this soon after an attempt, "not there" does not mean "not sent". */
const SETTLING = 8_000;
/** Milliseconds before asking again when Slack did not answer. */
const ASK_AGAIN = 6_000;
/** Most pages to read; a few seconds of a channel never fill them. */
const MOST_PAGES = 5;
/**
 * Milliseconds before giving up on finding a notification. While Slack answers nothing at all, posting again would do
 * no better than asking, so that limit is longer.
 */
const GIVE_UP_AFTER = { limited: 5 * 60_000, 'no-answer': 30 * 60_000 } as const;

/** The lane that settles a notification. */
export interface Settling {
  /** Whether this process should continue. */
  readonly goesOn: () => boolean;
  readonly stopping: AbortSignal;
}

/**
 * Finds out whether a notification whose answer was lost has arrived, and queues it again if not. If that stays
 * unknown, it is posted once more, marked as possibly repeated. This takes as long as Slack makes it take. Meanwhile
 * the channel gets everything except what belongs after this notification.
 */
export async function settleNotification(
  parts: LaneParts,
  notification: NotificationRow,
  { goesOn, stopping }: Settling,
): Promise<void> {
  const { db, now, monotonic, log } = parts;
  const root = await rootOf(parts.read, notification);
  const begun = monotonic();
  const isReply = notification.place === 'reply' && root?.ts != null;
  let threadTs = isReply ? root.ts : null;
  let cursor: string | null = null;
  let asked = begun;
  let pages = 0;
  const { id, channel } = notification;
  const attemptedAt = notification.attempted_at ?? notification.noticed_at;
  const wait = (milliseconds: number) =>
    milliseconds > 0 ? parts.delay(milliseconds, stopping).catch(() => undefined) : undefined;
  const putBack = (doubtful: boolean) => markPending(db, notification, { now: now(), wait: 0, doubtful });
  const giveUp = async (reason: string) => {
    log.warn(
      { channel, notification: id, reason },
      'nobody can tell whether a notification arrived; it is repeated',
    );
    await putBack(true);
    report(parts, notification, 'undecided');
  };

  while (goesOn()) {
    // "Not there" holds as of the first page.
    if (cursor === null) asked = monotonic();
    const found = await parts.find({ id, channel, threadTs, attemptedAt, cursor });
    log.info({ channel, notification: id, found: found.kind }, 'looked for a notification');
    switch (found.kind) {
      case 'found':
        await parts.record({
          step: 'receipt',
          notification,
          ts: found.ts,
          at: now(),
          root: null,
          loose: isReply && found.threadTs === null,
        });
        return report(parts, notification, 'found');
      case 'more':
        pages += 1;
        if (pages >= MOST_PAGES) return await giveUp('history_too_long');
        cursor = found.cursor;
        break;
      case 'no-thread':
        threadTs = null;
        cursor = null;
        break;
      case 'not-there':
        if (asked - begun >= SETTLING) {
          // It may be in a thread whose root was deleted and then forgotten.
          if (notification.place === 'reply' && !isReply) return await giveUp('thread_unknown');
          await wait(restBefore(notification));
          return goesOn() ? await putBack(false) : undefined;
        }
        cursor = null;
        pages = 0;
        await wait(begun + SETTLING - monotonic());
        break;
      case 'unreadable':
        return await giveUp(found.reason);
      default: {
        const pause = found.retryAfter ?? ASK_AGAIN;
        if (monotonic() + pause > begun + GIVE_UP_AFTER[found.kind])
          return await giveUp(found.kind === 'limited' ? 'ratelimited' : found.reason);
        await wait(pause);
      }
    }
  }
}

/** A notification that did not arrive is sent again at once; repeated failures back off. */
function restBefore({ attempts }: NotificationRow): number {
  return attempts < 3 ? 0 : backoff(attempts);
}
