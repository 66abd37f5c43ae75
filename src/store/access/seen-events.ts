import type { Kysely } from 'kysely';
import type { Instant } from '../../lib/instant.ts';
import type { Schema } from '../engine/schema.ts';

/** Slack repeats an event for about an hour, and with delayed delivery for a day. */
const KEPT = 86_400_000;

/**
 * Remembers an event of Slack's, or whatever else is to be taken on once. False when it was remembered in the last so many
 * milliseconds, by this process or another one.
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
        // From before the clock was set back.
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
