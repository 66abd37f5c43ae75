import { ownRules } from '../core/change/alarms/own-rules.ts';
import { replayAlarms } from '../core/change/alarms/replay-alarms.ts';
import type { FilterContext, Term } from '../core/filter/filter.ts';
import {
  type PastChange,
  PREVIEW_SPAN,
  type PreviewAnswer,
  previewSubscription,
} from '../core/notification/preview.ts';
import type { Wished } from '../core/subscription/apply-wish.ts';
import { standInTask } from '../core/task/task.ts';
import type { Instant } from '../lib/instant.ts';
import { readChangesSince } from '../store/change/changes.ts';
import { readSnapshotsSince } from '../store/change/snapshots.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { findMovedSince, findPassing } from '../store/task/find-tasks.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import type { SubscriptionParts } from './parts.ts';

/** How much one preview may read; more would delay other answers. */
export interface PreviewBounds {
  readonly changes: number;
  readonly tasks: number;
  readonly snapshots: number;
}

export const PREVIEW_BOUNDS: PreviewBounds = { changes: 20_000, tasks: 2_000, snapshots: 20_000 };

/** Works out from our own records what a subscription would have posted in the last 7 days. */
export async function askPreview(
  parts: Pick<SubscriptionParts, 'db' | 'now' | 'thresholds' | 'turn'>,
  wished: Wished,
  bounds: PreviewBounds = PREVIEW_BOUNDS,
): Promise<PreviewAnswer> {
  const { db, now, turn } = parts;
  const to = now();
  const { baselineAt } = await readWatchState(db);
  const from = Math.max(to - PREVIEW_SPAN, baselineAt ?? to);
  const { lasting, moving } = partedTerms(wished.terms);
  const context = { now: to, zone: 'UTC' };
  const recorded = await readRecorded(parts, lasting, context, { from, most: bounds.changes });
  await turn();
  const replayed = await replay(parts, { ...wished, terms: lasting }, context, { from, bounds });
  await turn();
  const preview = previewSubscription({ ...wished, terms: moving }, [
    ...recorded.changes,
    ...replayed.changes,
  ]);
  const ids = preview.examples.map(({ operationId }) => operationId);
  const watched = await readWatchedTasks(db, ids);
  return {
    ...preview,
    span: baselineAt === null ? null : to - from,
    atLeast: !(recorded.whole && replayed.whole),
    tasks: new Map([...watched].map(([id, { task }]) => [id, task])),
  };
}

/** The store evaluates fixed terms; relative times (`ago`) are evaluated at the time of each change. */
function partedTerms(terms: readonly Term[]) {
  const isMoving = (term: Term) => 'time' in term && term.time.kind === 'ago';
  return { lasting: terms.filter((term) => !isMoving(term)), moving: terms.filter(isMoving) };
}

interface Found {
  readonly changes: readonly PastChange[];
  readonly whole: boolean;
}

async function readRecorded(
  { db }: Pick<SubscriptionParts, 'db'>,
  terms: readonly Term[],
  context: FilterContext,
  { from, most }: { readonly from: Instant; readonly most: number },
): Promise<Found> {
  const all = await readChangesSince(db, from, most + 1);
  const ids = [...new Set(all.map(({ operationId }) => operationId))];
  const passing = await findPassing(db, ids, terms, context);
  const tasks = new Map(
    [...passing].map(([operationId, createTime]) => [operationId, standInTask({ operationId, createTime })]),
  );
  const changes = all
    .slice(0, most)
    .flatMap(({ operationId, kind, at, noticedAt }): readonly PastChange[] => {
      const task = tasks.get(operationId);
      return task === undefined ? [] : [{ task, change: { kind, at }, noticedAt }];
    });
  return { changes, whole: all.length <= most };
}

/** The alarms of the subscription's own thresholds: only those of the settings are recorded. */
async function replay(
  { db, thresholds }: Pick<SubscriptionParts, 'db' | 'thresholds'>,
  { terms, ...wished }: Wished,
  context: FilterContext,
  { from, bounds }: { readonly from: Instant; readonly bounds: PreviewBounds },
): Promise<Found> {
  const rules = ownRules([wished], thresholds).filter(({ kind }) => wished.kinds.includes(kind));
  if (rules.length === 0) return { changes: [], whole: true };
  const found = await findMovedSince(db, terms, context, { since: from, most: bounds.tasks + 1 });
  const some = new Map([...found].slice(0, bounds.tasks));
  const { snapshots, whole } = await readSnapshotsSince(db, [...some.keys()], from, bounds.snapshots);
  const span = { rules, thresholds, from, to: context.now };
  const changes = [...snapshots].flatMap(([operationId, history]) =>
    replayAlarms({ operationId, createTime: some.get(operationId) ?? null }, history, span),
  );
  return { changes, whole: whole && found.size <= bounds.tasks };
}
