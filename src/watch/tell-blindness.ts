import type { Kysely } from 'kysely';
import type { Trouble } from '../core/answer.ts';
import type { PlannedMessage, PlannedNotice } from '../core/planned-notice.ts';
import { isQuiet } from '../core/quiet-hours.ts';
import { NO_HOURS } from '../core/subscription.ts';
import type { Instant } from '../core/task.ts';
import { endBlindNotices } from '../store/blind-notices.ts';
import { readBlindness, writeBlindness } from '../store/blindness.ts';
import { readAllHours } from '../store/channel-hours.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Schema } from '../store/schema.ts';
import { readSubscribedChannels } from '../store/subscriptions.ts';
import { readWatchState } from '../store/watch-state.ts';

/** Looks that fail one after the other before channels are told: one or two are over before anybody has read it. */
export const BLIND_AFTER = 3;

interface BlindnessParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Counts a look that failed. The third in a row is told once to every subscribed channel. */
export async function countFailedLook({ db, now, newId }: BlindnessParts, trouble: Trouble): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await readBlindness(tx);
    const since = before?.since ?? (await readWatchState(tx)).lastGoodCycleAt ?? now();
    const cycles = (before?.cycles ?? 0) + 1;
    const messages = cycles === BLIND_AFTER ? await blindMessages(tx, newId) : [];
    await writeOutbox(tx, {
      messages,
      notices: await blindNotices(tx, messages, { since, trouble, now: now(), newId }),
      edits: [],
      decisions: [],
    });
    const messageIds = [...(before?.messageIds ?? []), ...messages.map(({ id }) => id)];
    await writeBlindness(tx, { since, cycles, messageIds });
  });
}

/** A look saw the platform: what was told of blindness says from now on how long it lasted. */
export async function endBlindness({ db, now }: BlindnessParts): Promise<void> {
  if ((await readBlindness(db)) === null) return;
  await inTransaction(db, async (tx) => {
    const before = await readBlindness(tx);
    await endBlindNotices(tx, before?.messageIds ?? [], now());
    await writeBlindness(tx, null);
  });
}

async function blindMessages(db: Kysely<Schema>, newId: () => string): Promise<readonly PlannedMessage[]> {
  const channels = await readSubscribedChannels(db);
  return channels.map((channel) => ({ id: newId(), channel, kind: 'blind', operationIds: [] }));
}

async function blindNotices(
  db: Kysely<Schema>,
  messages: readonly PlannedMessage[],
  told: {
    readonly since: Instant;
    readonly trouble: Trouble;
    readonly now: Instant;
    readonly newId: () => string;
  },
): Promise<readonly PlannedNotice[]> {
  const hours = await readAllHours(db);
  return messages.map(({ id, channel }) => {
    const { quiet, zone } = hours.get(channel) ?? NO_HOURS;
    return {
      id: told.newId(),
      channel,
      place: 'root',
      operationId: null,
      messageId: id,
      broadcast: false,
      happenedAt: told.since,
      noticedAt: told.now,
      content: { kind: 'blind', since: told.since, until: null, trouble: told.trouble },
      hold: isQuiet(quiet, zone, told.now) ? { because: 'quiet' } : null,
    };
  });
}
