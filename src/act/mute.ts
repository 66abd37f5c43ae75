import type { Kysely } from 'kysely';
import type { Mute } from '../core/notification/mute.ts';
import type { Instant } from '../lib/instant.ts';
import { inTransaction } from '../store/engine/in-transaction.ts';
import type { Schema } from '../store/engine/schema.ts';
import type { TaskRoot } from '../store/notification/find-task-root.ts';
import { deleteMute, readMutes, writeMute } from '../store/notification/mutes.ts';
import { wantEdits } from '../store/notification/outbox.ts';

export interface RootParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
}

/** Mutes a task in the channel of its root message, which will show it. */
export async function muteTask(
  { db }: Pick<RootParts, 'db'>,
  { messageId, channel, operationId }: TaskRoot,
  mute: Mute,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await writeMute(tx, channel, operationId, mute);
    await wantEdits(tx, [messageId]);
  });
}

/** Ends the mute of a task and returns it; null if there was none. The root message is updated. */
export async function unmuteTask(
  { db, now }: RootParts,
  { messageId, channel, operationId }: TaskRoot,
): Promise<Mute | null> {
  return await inTransaction(db, async (tx) => {
    const mute = (await readMutes(tx, [operationId])).get(operationId)?.get(channel);
    await deleteMute(tx, channel, operationId, now());
    await wantEdits(tx, [messageId]);
    return mute ?? null;
  });
}
