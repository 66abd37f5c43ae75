import type { Kysely } from 'kysely';
import { explain, type Why } from '../core/question/explain.ts';
import type { Instant } from '../lib/instant.ts';
import { readLatestChanges } from '../store/change/changes.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readDecisions, readDecisionsSince } from '../store/notification/decisions.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';

/** Maximum number of changes explained in one answer; the latest are kept. */
const MOST = 20;

/** Explains every change of a task for one channel. Null if the bot has never seen the task. */
export async function askWhy(
  db: Kysely<Schema>,
  channel: string,
  operationId: string,
  now: Instant,
): Promise<Why | null> {
  const watched = (await readWatchedTasks(db, [operationId])).get(operationId);
  if (watched === undefined) return null;
  const decisions = await readDecisions(db, channel, operationId, MOST + 1);
  const changes = await readLatestChanges(db, operationId, MOST + 1);
  // If either list was truncated, changes before its start would look undecided.
  const begins = Math.max(...[decisions, changes].map((all) => (all.length > MOST ? beginning(all) : 0)));
  const explanations = explain({
    task: watched.task,
    changes: changes.filter(({ noticedAt }) => noticedAt >= begins),
    decisions: decisions.filter(({ noticedAt }) => noticedAt >= begins),
    subscriptions: await readSubscriptionsOf(db, channel),
    decisionsSince: await readDecisionsSince(db),
    now,
  });
  return {
    task: watched.task,
    firstSeenAt: watched.firstSeenAt,
    explanations: explanations.slice(-MOST),
    older: begins > 0 || explanations.length > MOST,
  };
}

/** Where a truncated list becomes complete: after its first poll, whose changes may be cut in two. */
function beginning(all: readonly { readonly noticedAt: Instant }[]): Instant {
  return all.find(({ noticedAt }) => noticedAt > (all[0]?.noticedAt ?? 0))?.noticedAt ?? 0;
}
