import { backoff } from '../lib/backoff.ts';
import type { NotificationRow } from '../store/engine/outbox-schema.ts';
import { markPending } from '../store/notification/outbox.ts';
import { type LaneParts, report } from './delivery-parts.ts';
import { rootOf } from './notification-reader.ts';

/** History lags behind posts: for this long after an attempt, "not there" does not mean "not sent". Milliseconds. */
const SETTLING = 8_000;
/** Slack did not answer: it is asked again after this long, in milliseconds. */
const ASK_AGAIN = 6_000;
/** Pages read at the most: what stands in a channel within a few seconds does not fill them. */
const MOST_PAGES = 5;
/**
 * For this long, in milliseconds, it is tried to find out what became of a notification. While Slack answers nothing at all,
 * posting it again would do no better than asking.
 */
const GIVE_UP_AFTER = { limited: 5 * 60_000, 'no-answer': 30 * 60_000 } as const;

/** The lane in which a notification is settled. */
export interface Settling {
  /** Whether this process is still to do it. */
  readonly goesOn: () => boolean;
  readonly stopping: AbortSignal;
}

/**
 * Finds out whether a notification whose answer was lost arrived, and goes back to sending it where it did not. What nobody can
 * tell is posted once more, marked as possibly repeated. It takes as long as Slack makes it take: meanwhile the channel
 * hears of everything else but what belongs after this notification.
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
    // What is not there is so as of the first page.
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
          // It may stand in a thread whose root is gone, and forgotten since.
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

/** What never arrived is sent again at once; what fails again and again rests between the attempts. */
function restBefore({ attempts }: NotificationRow): number {
  return attempts < 3 ? 0 : backoff(attempts);
}
