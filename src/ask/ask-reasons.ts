import type { Trouble } from '../core/question/answer.ts';
import type { FailedDevicesReport } from '../core/question/detail-answer.ts';
import type { DeviceResult, Task } from '../core/task/task.ts';
import type { Page } from '../platform/port.ts';
import { markDevicesRead, readResultsOfTask, writeDeviceResults } from '../store/task/device-results.ts';
import { readWatchedTasks } from '../store/task/tasks.ts';
import { askLive, type Live } from './live.ts';
import type { AskParts } from './parts.ts';

/** Devices per call, and maximum calls per question: a fifth of the usual budget per minute. */
const PAGE_SIZE = 100;
const MOST_CALLS = 20;
/** Maximum wait for all pages together, in milliseconds: somebody is waiting. */
const LONGEST_WAIT = 8_000;

export type ReasonsAnswer =
  | { readonly kind: 'found'; readonly report: FailedDevicesReport }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/**
 * Reads the failed devices of a task, page by page up to a limit, and stores them for later lookups. If a call
 * fails, the pages read so far are still shown; if there are none, the stored results answer.
 */
export async function askReasons(parts: AskParts, operationId: string): Promise<ReasonsAnswer> {
  const { db, now } = parts;
  const task = (await readWatchedTasks(db, [operationId])).get(operationId)?.task ?? null;
  const begun = now();
  const found = new Map<string, DeviceResult>();
  let total: number | null = null;
  const live = await askLive(
    async (signal) => {
      for (let pageNo = 0; pageNo < MOST_CALLS; pageNo += 1) {
        const page = await readPage(parts, operationId, pageNo, signal);
        total = page.total ?? total;
        for (const item of page.items) found.set(item.deviceId, item);
        await writeDeviceResults(db, operationId, page.items, now());
        if (page.received === 0) return 'all';
        if (total === null ? page.received < PAGE_SIZE : (pageNo + 1) * PAGE_SIZE >= total) return 'all';
      }
      return 'too-many';
    },
    undefined,
    LONGEST_WAIT,
  );
  if (live.kind === 'no-answer' && found.size === 0) {
    return await fromIndex(parts, operationId, task, live.because);
  }
  if (live.kind === 'answer' && live.result === 'all') {
    // As of the start: a device that failed later may be on a page we had already read.
    await markDevicesRead(db, operationId, 'failed', begun);
  }
  const results = [...found.values()];
  const cut = cutOf(live);
  return {
    kind: 'found',
    report: { operationId, task, results, total, cut, freshness: { kind: 'live' } },
  };
}

function cutOf(live: Live<'all' | 'too-many'>): FailedDevicesReport['cut'] {
  if (live.kind === 'no-answer') return { kind: 'trouble', trouble: live.because };
  return live.result === 'all' ? null : { kind: 'too-many' };
}

async function readPage(
  { platform, person }: AskParts,
  operationId: string,
  pageNo: number,
  signal: AbortSignal,
): Promise<Page<DeviceResult>> {
  const query = { status: 'failed', pageNo, pageSize: PAGE_SIZE } as const;
  return await platform.listDeviceResults(operationId, query, { priority: 'interactive', person, signal });
}

async function fromIndex(
  { db }: AskParts,
  operationId: string,
  task: Task | null,
  because: Trouble,
): Promise<ReasonsAnswer> {
  const limit = MOST_CALLS * PAGE_SIZE;
  const { results, total, oldestSeenAt } = await readResultsOfTask(db, operationId, {
    status: 'failed',
    offset: 0,
    limit,
  });
  if (results.length === 0) return { kind: 'trouble', trouble: because };
  const freshness = { kind: 'mirror', asOf: oldestSeenAt, because } as const;
  const cut = total > results.length ? ({ kind: 'too-many' } as const) : null;
  return { kind: 'found', report: { operationId, task, results, total, cut, freshness } };
}
