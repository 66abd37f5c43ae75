import { type ListOrder, newestPage, orderOfPage } from '../core/task/list-order.ts';
import type { Task } from '../core/task/task.ts';
import { BudgetExhaustedError } from '../platform/errors.ts';
import type { EndedList, WatchState } from '../store/platform/watch-state.ts';
import { PAGE_SIZE, type PollCalls } from './poll-calls.ts';

export const ENDED_STATUSES = ['failed', 'succeeded', 'stopped'] as const;
type EndedStatus = (typeof ENDED_STATUSES)[number];

/** Up to this many departed tasks are read one by one; more are searched for in pages of a hundred. */
const FEW = 3;

export interface EndedQuestion {
  /** Tasks in the mirror that left the active lists. */
  readonly departed: ReadonlySet<string>;
  /** How many tasks of a status the mirror will hold once these tasks are recorded. */
  readonly known: (status: EndedStatus, found: readonly Task[]) => Promise<number>;
  readonly state: WatchState;
  /** Calls this part of the cycle may make. */
  readonly allowance: number;
}

export interface EndedReading {
  readonly tasks: readonly Task[];
  /** Departed tasks the platform no longer knows. */
  readonly gone: readonly string[];
  readonly order: ListOrder;
  readonly ended: WatchState['ended'];
  /** Whether every list of ended tasks was read whole, so that no ended task is unknown. */
  readonly whole: boolean;
  /** The budget ran out before everything was read; what was read counts. */
  readonly stopped: boolean;
}

interface Progress {
  readonly tasks: Task[];
  readonly gone: string[];
  order: ListOrder;
  readonly ended: Record<string, EndedList>;
  whole: boolean;
}

/**
 * Finds out how tasks ended. The newest page of each ended list shows most departed tasks, and tasks that began and
 * ended between two cycles. Totals show whether there is more to find deeper, and the last few departed tasks are
 * read singly. What exceeds the allowance is left to the next cycle.
 */
export async function readEnded(question: EndedQuestion, calls: PollCalls): Promise<EndedReading> {
  const { order, ended } = question.state;
  const progress: Progress = { tasks: [], gone: [], order, ended: { ...ended }, whole: true };
  try {
    await readAll(question, calls, progress);
    return { ...progress, stopped: false };
  } catch (error) {
    if (!(error instanceof BudgetExhaustedError)) throw error;
    return { ...progress, whole: false, stopped: true };
  }
}

async function readAll(question: EndedQuestion, calls: PollCalls, progress: Progress): Promise<void> {
  const before = calls.made();
  const left = () => question.allowance - (calls.made() - before);
  for (const status of ENDED_STATUSES) await readNewest(status, question, calls, progress);
  const missing = () => {
    const found = new Set(progress.tasks.map(({ operationId }) => operationId));
    return [...question.departed].filter((id) => !found.has(id));
  };
  if (question.state.baselineAt !== null || missing().length > FEW) {
    await readDeeper(question, calls, progress, { left, missing });
  } else {
    // No search is needed. The next one starts beside the newest page, wherever that is then.
    for (const list of Object.values(progress.ended)) list.nextPage = null;
  }
  for (const operationId of missing().slice(0, Math.max(0, left()))) {
    const task = await calls.task(operationId);
    // An unreadable task stays as last seen, and is read again in the next cycle.
    if (task === null) progress.gone.push(operationId);
    else if (task !== 'unreadable') progress.tasks.push(task);
  }
}

async function readNewest(
  status: EndedStatus,
  { state, known }: EndedQuestion,
  calls: PollCalls,
  progress: Progress,
): Promise<void> {
  const remembered = state.ended[status];
  const expected = remembered?.total ?? (await known(status, progress.tasks));
  // The page where one more task would be: all pages before it are known.
  let pageNo = newestPage(progress.order, expected + 1, PAGE_SIZE);
  let page = await readPage(status, pageNo, calls, progress);
  const { total } = page;
  // The list may have grown onto another page since the last poll, or its order may only be clear now.
  const last = newestPage(progress.order, total ?? expected + page.received, PAGE_SIZE);
  if (last > pageNo && page.received >= PAGE_SIZE) {
    pageNo = last;
    page = await readPage(status, pageNo, calls, progress);
  }
  const onlyPage = pageNo === 0 && page.received < PAGE_SIZE;
  if (!onlyPage) progress.whole = false;
  const beside = progress.order === 'oldest-first' && pageNo > 0 ? pageNo - 1 : 1;
  progress.ended[status] = {
    total: page.total ?? total,
    nextPage: onlyPage ? null : (remembered?.nextPage ?? beside),
    settled: remembered?.settled ?? 0,
  };
}

async function readPage(status: EndedStatus, pageNo: number, calls: PollCalls, progress: Progress) {
  const page = await calls.page(status, pageNo);
  progress.tasks.push(...page.items);
  // A single page needs no order, and a few tasks may be in order by chance.
  const tells = pageNo > 0 || page.received >= PAGE_SIZE;
  if (tells) progress.order = orderOfPage(page.items) ?? progress.order;
  return page;
}

interface Search {
  readonly left: () => number;
  readonly missing: () => readonly string[];
}

/** Reads deeper into lists that hold more than the mirror knows, a page at a time, until nothing is missing. */
async function readDeeper(
  question: EndedQuestion,
  calls: PollCalls,
  progress: Progress,
  search: Search,
): Promise<void> {
  for (const status of ENDED_STATUSES) {
    const list = progress.ended[status];
    if (list) progress.ended[status] = await walk(status, list, question, calls, progress, search);
  }
}

async function walk(
  status: EndedStatus,
  list: EndedList,
  { known, state }: EndedQuestion,
  calls: PollCalls,
  progress: Progress,
  { left, missing }: Search,
): Promise<EndedList> {
  const hidden = async () =>
    list.total === null ? missing().length : list.total - (await known(status, progress.tasks));
  const hiddenBefore = await hidden();
  let { nextPage } = list;
  while (nextPage !== null) {
    const count = await hidden();
    const departed = missing().length;
    // Fewer departed tasks than pages are cheaper to read singly, unless unknown tasks are hidden as well.
    const backwards = progress.order === 'oldest-first';
    const pages = backwards ? nextPage + 1 : Math.ceil((list.total ?? 0) / PAGE_SIZE) - nextPage;
    const singly = departed <= Math.max(FEW, pages) && count <= departed;
    const wanted = state.baselineAt === null ? departed > FEW : count > list.settled;
    if (!wanted || singly) return { ...list, nextPage: null };
    if (left() <= (departed <= FEW ? departed : 0)) return { ...list, nextPage };
    const page = await readPage(status, nextPage, calls, progress);
    const end = backwards ? nextPage === 0 : page.received < PAGE_SIZE;
    nextPage = end ? null : nextPage + (backwards ? -1 : 1);
  }
  const hiddenNow = await hidden();
  return {
    ...list,
    nextPage: null,
    // Without an order a walk may miss tasks, so finding nothing proves nothing.
    settled:
      hiddenNow === hiddenBefore && progress.order !== 'unknown' ? Math.max(0, hiddenNow) : list.settled,
  };
}
