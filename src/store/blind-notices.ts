import type { Kysely } from 'kysely';
import type { Instant } from '../core/task.ts';
import { contentOf } from './notice-content.ts';
import { readRootNotice, wantEdits } from './outbox.ts';
import type { Schema } from './schema.ts';

/** Has the messages that tell of blindness say when it was over. */
export async function endBlindNotices(
  db: Kysely<Schema>,
  messageIds: readonly string[],
  until: Instant,
): Promise<void> {
  for (const messageId of messageIds) {
    const root = await readRootNotice(db, messageId);
    const content = root && contentOf(root);
    if (!root || content?.kind !== 'blind') continue;
    await db
      .updateTable('notice')
      .set({ content: JSON.stringify({ ...content, until }) })
      .where('seq', '=', root.seq)
      .execute();
  }
  await wantEdits(db, messageIds);
}
