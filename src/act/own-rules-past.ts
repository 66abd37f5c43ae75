import type { Kysely } from 'kysely';
import { type OwnRule, ownRules } from '../core/change/alarms/own-rules.ts';
import { raiseAlarms } from '../core/change/alarms/raise-alarms.ts';
import type { AlarmThresholds } from '../core/change/alarms/thresholds.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import type { Alarms } from '../core/task/watched-task.ts';
import type { Instant } from '../lib/instant.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readActiveIds, readWatchedTasks } from '../store/task/tasks.ts';
import { writeAlarms } from '../store/task/write-tasks.ts';

/** The rules that no present subscription uses, so they have not been checked so far. */
export function newRules(
  wished: Pick<Subscription, 'thresholds'>,
  present: readonly Pick<Subscription, 'thresholds'>[],
  settings: AlarmThresholds,
): readonly OwnRule[] {
  const known = new Set(ownRules(present, settings).map(({ key }) => key));
  return ownRules([wished], settings).filter(({ key }) => !known.has(key));
}

/**
 * Marks new rules as already raised on the tasks that fulfil them, so that the next poll does not report the past
 * as news. Do not pass rules that other subscriptions use: those would miss their next notification. Meant for the
 * transaction that saves the subscription.
 */
export async function settlePast(
  db: Kysely<Schema>,
  rules: readonly OwnRule[],
  { now, thresholds }: { readonly now: Instant; readonly thresholds: AlarmThresholds },
): Promise<void> {
  if (rules.length === 0) return;
  const active = await readWatchedTasks(db, [...(await readActiveIds(db))]);
  const marked = new Map<string, Alarms>();
  for (const [id, watched] of active) {
    const { own } = raiseAlarms(watched, { now, thresholds, ownRules: rules }).alarms;
    if (own.length > watched.alarms.own.length) marked.set(id, { ...watched.alarms, own });
  }
  await writeAlarms(db, marked);
}
