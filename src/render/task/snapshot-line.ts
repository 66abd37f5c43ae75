import type { Change } from '../../core/change/changes.ts';
import type { ChangesOfTask, SnapshotOfTask, TaskHistory } from '../../core/question/detail-answer.ts';
import { counted, cut, exactDate, plain } from '../blocks/text.ts';
import { changeLook, statusLook } from '../blocks/words.ts';
import { tallyLine } from './task-line.ts';

/** A task's state at one moment, in one line. */
export function snapshotLine(snapshot: SnapshotOfTask): string {
  const { emoji, label } = statusLook(snapshot);
  return `${exactDate(snapshot.at)} ${emoji} ${plain(cut(label, 40))} · ${tallyLine(snapshot.tally)}`;
}

/** Whether the task has not moved for so long that its history was deleted. */
export function isForgotten({ task, snapshots }: TaskHistory): boolean {
  return task !== null && snapshots.length === 0;
}

/** Shown instead of changes if there are none. */
export function noChanges(history: TaskHistory): string {
  return isForgotten(history) ? NO_LONGER_KEPT : 'nothing while I watched';
}

/** Shown instead of snapshots if there are none. */
export function noSnapshots(history: TaskHistory): string {
  return isForgotten(history) ? NO_LONGER_KEPT : 'none seen';
}

const NO_LONGER_KEPT = 'no longer kept: nothing has moved for more than 90 days';

/** The first and the last changes, one per line; empty if nothing happened while the bot watched. */
export function changeLines({ first, last, between }: ChangesOfTask): readonly string[] {
  const gap = between === 0 ? [] : [`… ${counted(between, 'change')} left out …`];
  return [...first.map(changeLine), ...gap, ...last.map(changeLine)];
}

function changeLine({ kind, at }: Change): string {
  const { emoji, label } = changeLook(kind);
  return `${exactDate(at)} ${emoji} ${label}`;
}

/** The period in which the bot has watched the task. */
export function watchedLine({ firstSeenAt, lastSeenAt }: TaskHistory): string {
  if (firstSeenAt === null || lastSeenAt === null) return 'The bot has never seen this task itself.';
  return `as the bot saw it from ${exactDate(firstSeenAt)} to ${exactDate(lastSeenAt)}`;
}
