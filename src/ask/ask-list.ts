import type { ListRequest } from '../core/filter/filter.ts';
import type { Freshness, TaskList, Trouble } from '../core/question/answer.ts';
import { type Anchor, anchoredSpan } from '../core/question/list-button.ts';
import type { TaskQuery } from '../platform/port.ts';
import { readWatchState } from '../store/platform/watch-state.ts';
import { findTasks } from '../store/task/find-tasks.ts';
import { inKnownSpellings } from '../store/task/known-names.ts';
import { anchorOf, anchorRule } from './list-anchor.ts';
import { askLive } from './live.ts';
import type { AskParts } from './parts.ts';
import { planRequest } from './plan-request.ts';
import { shownTasks } from './shown-tasks.ts';

/**
 * Answers a list question: live if the platform can express it, otherwise from the mirror. The mirror also
 * answers if the platform does not. `zone` is the asker's, for dates in the filter. `anchor` comes from the page
 * this one was reached from: with it, tasks created in between do not push others onto a second page.
 */
export async function askList(
  parts: AskParts,
  request: ListRequest,
  zone: string,
  anchor: Anchor | null = null,
): Promise<TaskList> {
  const rule = anchorRule(request, anchor, await readWatchState(parts.db));
  // The platform knows pages only by number, so only the mirror can continue from an anchor.
  if (rule === 'anchored' && anchor !== null) return await askAnchored(parts, request, zone, anchor);
  // The platform compares names exactly, so use its own spelling.
  const plan = planRequest({ ...request, terms: await inKnownSpellings(parts.db, request.terms) });
  const list =
    plan.source === 'platform'
      ? await askPlatform(parts, request, zone, plan.query)
      : await askMirror(parts, request, zone, null);
  return rule === 'no-anchor' ? { ...list, anchor: await anchorOf(parts, list, zone) } : list;
}

async function askPlatform(
  parts: AskParts,
  request: ListRequest,
  zone: string,
  query: TaskQuery,
): Promise<TaskList> {
  const live = await askLive((signal) =>
    parts.platform.listTasks(query, { priority: 'interactive', person: parts.person, signal }),
  );
  if (live.kind === 'no-answer') return await askMirror(parts, request, zone, live.because);
  const { items, received, total, unreadable } = live.result;
  return {
    request,
    tasks: await shownTasks(parts.db, items),
    total,
    more: total === null ? received >= request.size : request.page * request.size < total,
    unreadable: unreadable.length,
    freshness: { kind: 'live' },
    anchor: null,
    anchored: false,
  };
}

async function askMirror(
  { db, now }: AskParts,
  request: ListRequest,
  zone: string,
  because: Trouble | null,
): Promise<TaskList> {
  const { tasks, total } = await findTasks(db, request, { now: now(), zone });
  return {
    request,
    tasks: await shownTasks(db, tasks),
    total,
    more: request.page * request.size < total,
    unreadable: 0,
    freshness: await mirrorFreshness({ db }, because),
    anchor: null,
    anchored: false,
  };
}

async function askAnchored(
  { db }: AskParts,
  request: ListRequest,
  zone: string,
  anchor: Anchor,
): Promise<TaskList> {
  const span = anchoredSpan(anchor, request);
  const within = { createdUpTo: anchor.createdUpTo, ...span };
  const { tasks, total } = await findTasks(db, request, { now: anchor.askedAt, zone }, within);
  return {
    request,
    tasks: await shownTasks(db, tasks),
    // The first page counted the newer tasks; without them the two totals would not match.
    total: total + anchor.lead,
    more: span.offset + span.limit < total,
    unreadable: 0,
    freshness: await mirrorFreshness({ db }, null),
    anchor,
    anchored: true,
  };
}

/** How old the mirror is, and why it answered. */
export async function mirrorFreshness(
  { db }: Pick<AskParts, 'db'>,
  because: Trouble | null,
): Promise<Freshness> {
  const { lastGoodCycleAt } = await readWatchState(db);
  return { kind: 'mirror', asOf: lastGoodCycleAt, because };
}
