import type { Kysely } from 'kysely';
import type { Trouble } from '../core/question/answer.ts';
import type { Instant } from '../lib/instant.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import { endBlindNotifications, writeBlindNotifications } from '../store/notification/blind-notifications.ts';
import { readBlindness, readWatchState, writeBlindness } from '../store/platform/watch-state.ts';

interface BlindnessParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Counts a failed poll. From the third in a row, every subscribed channel is notified once. */
export async function countFailedPoll({ db, now, newId }: BlindnessParts, trouble: Trouble): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = await readBlindness(tx);
    const since = before?.since ?? (await readWatchState(tx)).lastGoodCycleAt ?? now();
    await writeBlindness(tx, {
      since,
      cycles: (before?.cycles ?? 0) + 1,
      messageIds: before?.messageIds ?? [],
    });
    await writeBlindNotifications(tx, { trouble, now: now(), newId });
  });
}

/** A poll succeeded: the notifications about blindness now show how long it lasted. */
export async function endBlindness({ db, now }: Pick<BlindnessParts, 'db' | 'now'>): Promise<void> {
  if ((await readBlindness(db)) === null) return;
  await inTransaction(db, async (tx) => {
    const before = await readBlindness(tx);
    await endBlindNotifications(tx, before?.messageIds ?? [], now());
    await writeBlindness(tx, null);
  });
}
