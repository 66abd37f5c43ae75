import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

/** Slack redelivers an event for about an hour, or for a day with delayed delivery. Milliseconds. */
const KEPT = 86_400_000;

/**
 * Remembers a Slack event, or anything else to be handled once. Returns false if any process remembered it in
 * the last `within` milliseconds.
 */
export async function rememberEvent(
  db: Kysely<Schema>,
  eventId: string,
  now: Instant,
  within = KEPT,
): Promise<boolean> {
  await db
    .deleteFrom('seen_event')
    .where((eb) =>
      eb.or([
        eb('at', '<', now - KEPT),
        eb('event_id', '=', eventId).and(eb('at', '<=', now - within)),
        // Written before the clock was set back.
        eb('event_id', '=', eventId).and(eb('at', '>', now + within)),
      ]),
    )
    .execute();
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('seen_event')
    .values({ event_id: eventId, at: now })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
