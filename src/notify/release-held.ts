import type { Kysely } from 'kysely';
import { gatherNotices } from '../core/gather-notices.ts';
import type { PlannedNotice } from '../core/planned-notice.ts';
import { isQuiet } from '../core/quiet-hours.ts';
import type { Instant } from '../core/task.ts';
import { readHours } from '../store/channel-hours.ts';
import {
  holdByQuiet,
  plannedNoticeOf,
  readHoldingChannels,
  readKeptBack,
  releaseGathered,
} from '../store/held-notices.ts';
import { takeMutesOver } from '../store/mutes.ts';
import { readThreads, wantEdits } from '../store/outbox.ts';
import type { NoticeRow, Schema } from '../store/schema.ts';
import { readSuspendedChannels } from '../store/suspension.ts';

interface ReleaseParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/**
 * Makes due what was kept back and no longer has to be: after quiet hours and after a closed channel opened, in one
 * summary; after a mute, in one reply of the task's thread. Each channel in one transaction, so that a crash releases
 * either all of it or nothing.
 */
export async function releaseHeld(parts: ReleaseParts): Promise<void> {
  const { db, now } = parts;
  await endMutesOver(db, now());
  for (const channel of await readHoldingChannels(db)) {
    await db.transaction().execute(async (tx) => {
      if ((await readSuspendedChannels(tx)).has(channel)) return;
      const rows = (await readKeptBack(tx, channel)).filter((row) => !isMutedStill(row, now()));
      if (rows.length === 0) return;
      const { quiet, zone } = await readHours(tx, channel);
      if (isQuiet(quiet, zone, now())) await holdByQuiet(tx, rows);
      else await release(tx, channel, rows, parts);
    });
  }
}

/** The roots of tasks whose mute is over no longer show it. */
async function endMutesOver(db: Kysely<Schema>, now: Instant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const over = await takeMutesOver(tx, now);
    if (over.length === 0) return;
    const threads = await readThreads(
      tx,
      over.map(({ operationId }) => operationId),
    );
    await wantEdits(
      tx,
      over.flatMap(({ channel, operationId }) => threads.get(operationId)?.get(channel) ?? []),
    );
  });
}

async function release(
  db: Kysely<Schema>,
  channel: string,
  rows: readonly NoticeRow[],
  { now, newId }: ReleaseParts,
): Promise<void> {
  const [muted, others] = [rows.filter(isMuted), rows.filter((row) => !isMuted(row))];
  const doubtful = (some: readonly NoticeRow[]) => some.some((row) => row.doubtful === 1);
  for (const some of Map.groupBy(muted, ({ message_id }) => message_id).values()) {
    const gathered = lastOf(some.map(plannedNoticeOf));
    await releaseGathered(db, gathered, { held: 'muted', now: now(), doubtful: false });
  }
  if (others.length === 0) return;
  const cause = others.some(({ state }) => state === 'suspended') ? 'suspended' : 'quiet';
  const gathered = gatherNotices(others.map(plannedNoticeOf), { channel, cause, now: now(), newId });
  await releaseGathered(db, gathered, { held: cause, now: now(), doubtful: doubtful(others) });
}

function isMuted({ state, held }: NoticeRow): boolean {
  return state === 'held' && held === 'muted';
}

function isMutedStill(row: NoticeRow, now: Instant): boolean {
  return isMuted(row) && row.due_at > now;
}

/** What one thread missed while it was muted, in one reply: the latest change, and what led there. */
function lastOf(replies: readonly PlannedNotice[]) {
  const last = replies.at(-1);
  const before = replies.slice(0, -1);
  const nothing = { message: null, notices: [], dropped: [] };
  if (last?.content.kind !== 'change')
    return { ...nothing, kept: replies, merged: new Map<string, string>() };
  const earlier = before.flatMap(({ content }) =>
    content.kind === 'change' ? [...content.earlier, content.change] : [],
  );
  const kept = {
    ...last,
    broadcast: replies.some(({ broadcast }) => broadcast),
    content: { ...last.content, earlier: [...earlier, ...last.content.earlier] },
  };
  return { ...nothing, kept: [kept], merged: new Map(before.map(({ id }) => [id, last.id])) };
}
