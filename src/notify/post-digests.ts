import type { Kysely } from 'kysely';
import { buildDigest } from '../core/build-digest.ts';
import type { Digest } from '../core/digest.ts';
import { digestDue } from '../core/digest-due.ts';
import type { Instant } from '../core/task.ts';
import { readChangesBetween } from '../store/changes.ts';
import { readAllHours, readDigestDay, writeDigestDay } from '../store/channel-hours.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Schema } from '../store/schema.ts';
import { readSubscriptionsOf } from '../store/subscriptions.ts';
import { readSuspendedChannels } from '../store/suspension.ts';
import { readActiveIds, readWatchedTasks } from '../store/tasks.ts';

const DAY = 24 * 3_600_000;
/** Changes a digest counts at the most: more than a fleet of thousands of tasks has in a day. */
const MOST_CHANGES = 50_000;

interface DigestParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Puts the digests that are due into the outbox, each with the day it is for in one transaction: it is told once. */
export async function postDigests({ db, now, newId }: DigestParts): Promise<void> {
  for (const [channel, { digestAt, zone }] of await readAllHours(db)) {
    if (digestAt === null) continue;
    const { due, day } = digestDue(digestAt, zone, now(), await readDigestDay(db, channel));
    if (!due) continue;
    await db.transaction().execute(async (tx) => {
      await writeDigestDay(tx, channel, day);
      // A closed channel would find days of digests when it opens: they are old by then.
      if ((await readSuspendedChannels(tx)).has(channel)) return;
      const digest = await digestOf(tx, channel, now());
      await writeOutbox(tx, {
        messages: [],
        notices: [
          {
            id: newId(),
            channel,
            place: 'note',
            operationId: null,
            messageId: null,
            broadcast: false,
            happenedAt: now(),
            noticedAt: now(),
            content: { kind: 'digest', digest },
            hold: null,
          },
        ],
        edits: [],
        decisions: [],
      });
    });
  }
}

async function digestOf(db: Kysely<Schema>, channel: string, to: Instant): Promise<Digest> {
  const from = to - DAY;
  const changes = await readChangesBetween(db, { from, to }, MOST_CHANGES);
  const ids = new Set([...(await readActiveIds(db)), ...changes.map(({ operationId }) => operationId)]);
  const tasks = await readWatchedTasks(db, [...ids]);
  return buildDigest({ from, to, changes, tasks, subscriptions: await readSubscriptionsOf(db, channel) });
}
