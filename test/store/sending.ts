import type { Kysely } from 'kysely';
import type { NoticeRow } from '../../src/store/engine/outbox-schema.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { type Receipt, recordSendings } from '../../src/store/notification/sendings.ts';

/** Records the intent to send one notice; whether it is still to be sent. */
export async function markSending(db: Kysely<Schema>, notice: NoticeRow, at: number): Promise<boolean> {
  const [holds = false] = await recordSendings(db, [{ step: 'intent', notice, at }]);
  return holds;
}

/** Records that Slack holds one notice. */
export async function markSent(
  db: Kysely<Schema>,
  notice: NoticeRow,
  sent: Pick<Receipt, 'ts' | 'at' | 'root'>,
): Promise<void> {
  await recordSendings(db, [{ step: 'receipt', notice, loose: false, ...sent }]);
}
