import { every } from '../core/cron.ts';
import { errorFields } from '../core/error-fields.ts';
import { createBatches } from '../core/in-batches.ts';
import type { Instant } from '../core/task.ts';
import { isOver } from '../core/wait.ts';
import { readNextNotice } from '../store/next-notice.ts';
import { readBusyChannels, readLastPost, readNextEdit } from '../store/outbox.ts';
import type { NoticeRow } from '../store/schema.ts';
import { recordSendings } from '../store/sendings.ts';
import { type DeliveryParts, type LaneParts, POST_GAP } from './delivery-parts.ts';
import { editMessage } from './edit-message.ts';
import { createNoticeReader } from './notice-reader.ts';
import { sendNotice } from './send-notice.ts';

/** `chat.update` allows about 50 a minute in the whole workspace. */
const EDIT_GAP = 1_250;
/** What other processes put into the outbox is looked for. */
const EVERY_SECOND = every(1_000);
/** A lane that waits for an edit looks this often for a new notice. */
const LOOK_FOR_NOTICES = 1_000;
/** After an error of our own (the store, say) a channel rests this long. */
const REST_AFTER_ERROR = 5_000;

export interface Delivery {
  /** Looks for new work. Cheap; called after each cycle and at start. */
  wake(): void;
  /** Takes nothing new, lets what is being sent be finished and recorded, and resolves then. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox: each channel in its own lane, in order, at the pace Slack allows. Of several processes each takes the
 * lanes it finds free, and a lane is one process's until it is empty or the process is gone.
 */
export function startDelivery(parts: DeliveryParts): Delivery {
  const { db, now, monotonic, delay, log, leases, postGap = POST_GAP } = parts;
  const laneParts: LaneParts = {
    ...parts,
    read: createNoticeReader(db),
    record: createBatches((steps) => recordSendings(db, steps)),
  };
  const stopping = new AbortController();
  const lanes = new Map<string, Promise<void>>();
  /**
   * By the clock that nobody sets, as all that is only kept here. Kept beyond the life of a lane: a post that was refused may
   * count for the rate as well.
   */
  const nextPostAt = new Map<string, number>();
  let nextEditAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  const lane = async (channel: string) => {
    let editsRestUntil = Number.NEGATIVE_INFINITY;
    // Slack counts the posts of other processes, and of one before this, as well.
    const lastPost = await readLastPost(db, channel);
    const since = lastPost === null ? postGap : Math.max(0, now() - lastPost);
    const clearAt = monotonic() + postGap - since;
    nextPostAt.set(channel, Math.max(clearAt, nextPostAt.get(channel) ?? clearAt));
    while (!stopping.signal.aborted && leases.holds(nameOf(channel))) {
      const notice = await readNextNotice(db, channel);
      const noticeIn = notice
        ? Math.max(dueIn(notice, now()), (nextPostAt.get(channel) ?? clearAt) - monotonic())
        : Number.POSITIVE_INFINITY;
      if (notice && noticeIn <= 0) {
        await sendNotice(laneParts, notice);
        nextPostAt.set(channel, monotonic() + postGap);
        continue;
      }
      const edit = await readNextEdit(db, channel);
      const editIn = edit ? Math.max(nextEditAt, editsRestUntil) - monotonic() : Number.POSITIVE_INFINITY;
      if (edit && editIn <= 0) {
        nextEditAt = monotonic() + EDIT_GAP;
        const wait = await editMessage(laneParts, edit);
        if (wait !== null) editsRestUntil = monotonic() + wait;
        continue;
      }
      const next = Math.min(noticeIn, editIn);
      if (next === Number.POSITIVE_INFINITY) return;
      // A notice may come in while only an edit is due, and that may be put off for long.
      await pause(notice ? next : Math.min(next, LOOK_FOR_NOTICES));
    }
  };
  const pause = (milliseconds: number) =>
    delay(Math.max(1, milliseconds), stopping.signal).catch(() => undefined);
  const openLane = (channel: string) => {
    if (lanes.has(channel) || stopping.signal.aborted) return;
    const running = lane(channel)
      .catch(async (error: unknown) => {
        log.error({ channel, ...errorFields(error) }, 'delivery to a channel stumbled; it goes on shortly');
        await pause(REST_AFTER_ERROR);
        wake();
      })
      .then(() => leases.release([nameOf(channel)]))
      .catch((error: unknown) => log.warn({ channel, ...errorFields(error) }, 'a lane is not given back'))
      .finally(() => {
        lanes.delete(channel);
        // Something may have come in between the lane's last look and its end.
        wake();
      });
    lanes.set(channel, running);
  };
  const look = async () => {
    do {
      lookAgain = false;
      const busy = (await readBusyChannels(db)).filter((channel) => !lanes.has(channel));
      const ours = new Set(await leases.claim(busy.map(nameOf)));
      for (const channel of busy) if (ours.has(nameOf(channel))) openLane(channel);
    } while (lookAgain && !stopping.signal.aborted);
  };
  const wake = () => {
    lookAgain = true;
    if (stopping.signal.aborted || looking) return;
    looking = look()
      .catch(async (error: unknown) => {
        log.error(errorFields(error), 'the outbox could not be read; it is tried again shortly');
        await pause(REST_AFTER_ERROR);
        lookAgain = true;
      })
      .finally(() => {
        looking = null;
        // Woken after the last look and before its end was known.
        if (lookAgain) wake();
      });
  };
  const unschedule = leases.shared ? parts.schedule('outbox', EVERY_SECOND, wake) : null;
  wake();
  return {
    wake,
    async stop() {
      stopping.abort();
      unschedule?.();
      await looking;
      await Promise.all(lanes.values());
    },
  };
}

/** In how many milliseconds a notice may be sent. Only one that was put off waits; what was never tried is due. */
function dueIn({ attempts, attempted_at: from, due_at: until }: NoticeRow, now: Instant): number {
  return attempts === 0 || from === null || isOver({ from, until }, now) ? 0 : until - now;
}

function nameOf(channel: string): string {
  return `lane:${channel}`;
}
