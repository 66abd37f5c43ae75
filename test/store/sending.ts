import type { Kysely } from 'kysely';
import type { NotificationRow } from '../../src/store/engine/outbox-schema.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { type Receipt, recordSendings } from '../../src/store/notification/sendings.ts';

/** Records the intent to send one notification; whether it is still to be sent. */
export async function markSending(
  db: Kysely<Schema>,
  notification: NotificationRow,
  at: number,
): Promise<boolean> {
  const [holds = false] = await recordSendings(db, [{ step: 'intent', notification, at }]);
  return holds;
}

/** Records that Slack holds one notification. */
export async function markSent(
  db: Kysely<Schema>,
  notification: NotificationRow,
  sent: Pick<Receipt, 'ts' | 'at' | 'root'>,
): Promise<void> {
  await recordSendings(db, [{ step: 'receipt', notification, loose: false, ...sent }]);
}
