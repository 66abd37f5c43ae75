import type { KnownBlock } from '@slack/types';
import type { TaskHistory } from '../../core/question/detail-answer.ts';
import { type ProgressPoint, progressPoints } from '../../core/task/progress-points.ts';
import { isActive } from '../../core/task/watched-task.ts';
import type { Instant } from '../../lib/instant.ts';
import { type ChartSeries, lineChart, MOST_POINTS } from '../blocks/chart.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { count, cut, plain, utc } from '../blocks/text.ts';
import { statusLook } from '../blocks/words.ts';
import {
  changeLines,
  isForgotten,
  noChanges,
  noSnapshots,
  snapshotLine,
  watchedLine,
} from './snapshot-line.ts';
import { taskHead } from './task-detail.ts';
import { taskId, taskName } from './task-line.ts';

/** Snapshots listed next to the chart. */
const SHOWN_SNAPSHOTS = 8;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** A task's course as a chart, its changes, and its latest snapshots; `text` has the course in words. */
export function historyMessage(history: TaskHistory): Message {
  const { operationId, task, snapshots } = history;
  // An ended task no longer moves, so only an active one is drawn up to the last poll.
  const until = task !== null && isActive(task.status) ? (history.lastSeenAt ?? 0) : 0;
  const points = progressPoints(snapshots, until, MOST_POINTS);
  const newest = snapshots.toReversed().slice(0, SHOWN_SNAPSHOTS);
  const changes = changeLines(history.changes);
  return {
    text: historyText(history, points),
    blocks: [
      section(task === null ? `*History*\n${taskId(operationId)}` : `*History* · ${taskHead(task)}`),
      ...(isForgotten(history) ? [] : chart(points)),
      ...sections(['*What happened*', ...(changes.length === 0 ? [noChanges(history)] : changes)]),
      ...sections([
        '*Last steps*',
        ...(newest.length === 0 ? [noSnapshots(history)] : newest.map(snapshotLine)),
      ]),
      context(watchedLine(history)),
    ],
  };
}

function chart(points: readonly ProgressPoint[]): readonly KnownBlock[] {
  if (points.length < 2)
    return [section('There is no course to draw yet: I have seen it at one moment only.')];
  const failed = points.flatMap((point) => (point.failed === null ? [] : [point.failed]));
  const series: ChartSeries[] = [{ name: 'done', values: points.map(({ done }) => done) }];
  // A chart cannot show a gap, and an unknown number is not 0.
  if (failed.length === points.length) series.push({ name: 'failed', values: failed });
  const step = ((points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)) / (points.length - 1);
  const labels = points.map(({ at }) => timeLabel(at, step));
  return [lineChart('Devices over time (UTC)', labels, series)];
}

/** A time in UTC, as short as possible while two points of the chart still differ. */
function timeLabel(at: Instant, step: number): string {
  const text = new Date(at).toISOString();
  if (step < MINUTE) return text.slice(11, 19);
  return step < DAY ? text.slice(5, 16).replace('T', ' ') : text.slice(0, 10);
}

function historyText(history: TaskHistory, points: readonly ProgressPoint[]): string {
  const { operationId, task } = history;
  const head =
    task === null
      ? `History of upgrade task (${operationId})`
      : `History of ${taskName(task)}: ${statusLook(task).label} (${operationId})`;
  const lines = points.map(
    ({ at, done, failed }) =>
      `${utc(at)}: ${count(done)} done, ${failed === null ? 'unknown' : count(failed)} failed`,
  );
  const noCourse = isForgotten(history) ? noSnapshots(history) : 'no course seen yet';
  return fitLines([plain(cut(head, 600)), ...(lines.length === 0 ? [noCourse] : lines)].join('\n'), 3_500);
}
