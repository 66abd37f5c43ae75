import { errorFields } from '../core/error-fields.ts';
import { readBusyChannels, readLastPost, readNextEdit, readNextNotice } from '../store/outbox.ts';
import { type DeliveryParts, POST_GAP } from './delivery-parts.ts';
import { editMessage } from './edit-message.ts';
import { sendNotice } from './send-notice.ts';

/** `chat.update` allows about 50 a minute in the whole workspace. */
const EDIT_GAP = 1_250;
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

/** Delivers the outbox: each channel in its own lane, in order, at the pace Slack allows. */
export function startDelivery(parts: DeliveryParts): Delivery {
  const { db, now, delay, log } = parts;
  const stopping = new AbortController();
  const lanes = new Map<string, Promise<void>>();
  /** Kept beyond the life of a lane: the next one must not post in the same second. */
  const nextPostAt = new Map<string, number>();
  let nextEditAt = 0;
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  const lane = async (channel: string) => {
    let editsRestUntil = 0;
    // Slack counts the posts of a process before this one as well.
    const lastPost = nextPostAt.has(channel) ? null : await readLastPost(db, channel);
    if (lastPost !== null) nextPostAt.set(channel, Math.min(lastPost, now()) + POST_GAP);
    while (!stopping.signal.aborted) {
      const notice = await readNextNotice(db, channel);
      const noticeAt = notice
        ? Math.max(notice.due_at, nextPostAt.get(channel) ?? 0)
        : Number.POSITIVE_INFINITY;
      if (notice && noticeAt <= now()) {
        await sendNotice(parts, notice);
        nextPostAt.set(channel, now() + POST_GAP);
        continue;
      }
      const edit = await readNextEdit(db, channel);
      const editAt = edit ? Math.max(nextEditAt, editsRestUntil) : Number.POSITIVE_INFINITY;
      if (edit && editAt <= now()) {
        nextEditAt = now() + EDIT_GAP;
        const wait = await editMessage(parts, edit);
        if (wait !== null) editsRestUntil = now() + wait;
        continue;
      }
      const next = Math.min(noticeAt, editAt);
      if (next === Number.POSITIVE_INFINITY) return;
      // A notice may come in while only an edit is due, and that may be put off for long.
      await pause(notice ? next - now() : Math.min(next - now(), LOOK_FOR_NOTICES));
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
      for (const channel of await readBusyChannels(db)) openLane(channel);
    } while (lookAgain && !stopping.signal.aborted);
  };
  const wake = () => {
    lookAgain = true;
    if (stopping.signal.aborted || looking) return;
    looking = look()
      .catch((error: unknown) => log.error(errorFields(error), 'the outbox could not be read'))
      .finally(() => {
        looking = null;
        // Woken after the last look and before its end was known.
        if (lookAgain) wake();
      });
  };
  wake();
  return {
    wake,
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(lanes.values());
    },
  };
}
