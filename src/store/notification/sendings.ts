import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import { inChunks } from '../engine/chunks.ts';
import { givenRows } from '../engine/given-rows.ts';
import { inTransaction } from '../engine/in-transaction.ts';
import type { NotificationRow } from '../engine/outbox-schema.ts';
import type { Schema } from '../engine/schema.ts';
import { keepLoose } from './lost-roots.ts';

/** A notification is about to be sent. After a crash it may or may not be in Slack. */
export interface Intent {
  readonly step: 'intent';
  readonly notification: Pick<NotificationRow, 'seq'>;
  readonly at: Instant;
}

/** Slack has the message of a notification. */
export interface Receipt {
  readonly step: 'receipt';
  readonly notification: Pick<NotificationRow, 'seq' | 'place' | 'message_id'>;
  readonly ts: string;
  readonly at: Instant;
  /** A reply that was posted outside its thread because the root message is gone. */
  readonly loose: boolean;
  /** For a root: what it shows and of which version, if known. */
  readonly root: { readonly shown: string; readonly version: number } | null;
}

/**
 * Records steps for several channels in one transaction: each must be on disk before its channel continues,
 * and one flush serves all. Returns which took effect: no intent if the notification must no longer be sent
 * (its channel unsubscribed), no receipt if another process has recorded one. Safe to repeat.
 */
export async function recordSendings(
  db: Kysely<Schema>,
  steps: readonly (Intent | Receipt)[],
): Promise<readonly boolean[]> {
  const hold = await inTransaction(db, async (tx) => {
    const receipts = steps.filter((one) => one.step === 'receipt');
    const intents = steps.filter((one) => one.step === 'intent');
    return new Set([...(await recordReceipts(tx, receipts)), ...(await recordIntents(tx, intents))]);
  });
  return steps.map(({ notification }) => hold.has(notification.seq));
}

async function recordIntents(db: Kysely<Schema>, intents: readonly Intent[]): Promise<readonly number[]> {
  const recorded: number[] = [];
  for (const chunk of inChunks(intents)) {
    const updated = await db
      .updateTable('notification')
      .set(({ eb }) => ({
        state: 'sending',
        attempts: eb('attempts', '+', 1),
        attempted_at: Math.max(...chunk.map(({ at }) => at)),
      }))
      .where(
        'seq',
        'in',
        chunk.map(({ notification }) => notification.seq),
      )
      // Written to avoid an index: SQLite would read everything pending from it instead of these few rows.
      .where(({ eb, fn, val }) => eb(fn.coalesce('state', val('')), '=', 'pending'))
      .returning('seq')
      .execute();
    recorded.push(...updated.map(({ seq }) => seq));
  }
  return recorded;
}

async function recordReceipts(db: Kysely<Schema>, receipts: readonly Receipt[]): Promise<readonly number[]> {
  const recorded: number[] = [];
  for (const chunk of inChunks(receipts)) {
    const rows = chunk.map(({ notification, ts, at }) => ({ seq: notification.seq, ts, at }));
    const updated = await db
      .updateTable('notification')
      .from(givenRows(db, { seq: 'bigint', ts: 'text', at: 'bigint' }, rows).as('receipt'))
      .set(({ ref }) => ({ state: 'sent', sent_at: ref('receipt.at'), ts: ref('receipt.ts') }))
      .whereRef('notification.seq', '=', 'receipt.seq')
      .where('notification.state', '!=', 'sent')
      .returning('notification.seq')
      .execute();
    const seqs = updated.map(({ seq }) => seq);
    recorded.push(...seqs);
    const ours = new Set(seqs);
    const kept = chunk.filter(({ notification }) => ours.has(notification.seq));
    await recordRoots(db, kept);
    for (const { notification, loose, ts, at } of kept)
      if (loose) await keepLoose(db, notification.seq, { ts, at });
  }
  return recorded;
}

/** Also records a root's Slack timestamp and content in its message row. */
async function recordRoots(db: Kysely<Schema>, receipts: readonly Receipt[]): Promise<void> {
  const rows = receipts.flatMap(({ notification: { place, message_id: id }, ts, at, root }) =>
    place === 'root' && id !== null
      ? [{ id, ts, at, shown: root?.shown ?? null, version: root?.version ?? -1 }]
      : [],
  );
  if (rows.length === 0) return;
  const types = { id: 'text', ts: 'text', at: 'bigint', shown: 'text', version: 'bigint' } as const;
  await db
    .updateTable('message')
    .from(givenRows(db, types, rows).as('root'))
    .set(({ ref }) => ({
      ts: ref('root.ts'),
      edited_at: ref('root.at'),
      shown: ref('root.shown'),
      shown_version: ref('root.version'),
    }))
    .whereRef('message.id', '=', 'root.id')
    .execute();
}
