import { suspiciouslyFast } from '../../core/task/suspiciously-fast.ts';
import { doneDevices, failedDevices, progress } from '../../core/task/tally.ts';
import type { Tally, Task } from '../../core/task/task.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { Instant } from '../../lib/instant.ts';
import { code, count, counted, cut, date, percent, plain } from '../blocks/text.ts';
import { typeLabel } from '../blocks/words.ts';

const BAR_LENGTH = 12;
const LONGEST_NAME = 60;

/** Tasks have no names, so this says what the task does and to what. Already escaped. */
export function taskTitle(task: Task): string {
  return [
    plain(cut(typeLabel(task), LONGEST_NAME)),
    ...aims(task).map((aim) => plain(cut(aim, LONGEST_NAME))),
  ].join(' · ');
}

/** The same for plain text, not escaped. */
export function taskName(task: Task): string {
  return [typeLabel(task), ...aims(task)].map((part) => cut(part, LONGEST_NAME)).join(' · ');
}

function aims(task: Task): readonly string[] {
  const { deviceGroups, devices, deviceType, model } = task.targets;
  const kind = [deviceType, model].filter((word) => word !== null && word !== '').join(' ');
  const [group] = deviceGroups;
  const [device] = devices;
  const where =
    group !== undefined
      ? `${group}${deviceGroups.length > 1 ? ` and ${counted(deviceGroups.length - 1, 'more group')}` : ''}`
      : device !== undefined
        ? devices.length > 1
          ? counted(devices.length, 'device')
          : `device ${device}`
        : '';
  return [kind, where].filter(Boolean);
}

/** A text bar with full blocks for finished devices; empty if the share is unknown. */
export function progressBar(tally: Tally): string {
  const share = progress(tally);
  if (share === null) return '';
  const full = share >= 1 ? BAR_LENGTH : Math.min(BAR_LENGTH - 1, Math.round(share * BAR_LENGTH));
  return `${'█'.repeat(full)}${'░'.repeat(BAR_LENGTH - full)}`;
}

/** The counters in one line, such as `70 of 120 devices done (58 %) · 4 failed · 41 waiting`. */
export function tallyLine(tally: Tally): string {
  const dealt = doneDevices(tally);
  const failed = failedDevices(tally);
  const share = progress(tally);
  const done =
    tally.total === null
      ? dealt === null
        ? 'counters unknown'
        : `${counted(dealt, 'device')} done, total unknown`
      : `${dealt === null ? 'unknown' : count(dealt)} of ${counted(tally.total, 'device')} done${share === null ? '' : ` (${percent(share)})`}`;
  const rest = [
    failed ? `*${count(failed)} failed*` : null,
    tally.timedOut ? `${count(tally.timedOut)} of them timed out` : null,
    tally.running ? `${count(tally.running)} running` : null,
    tally.waiting ? `${count(tally.waiting)} waiting` : null,
    tally.stopped ? `${count(tally.stopped)} stopped` : null,
  ].filter((part) => part !== null);
  return [done, ...rest].join(' · ');
}

/** The latest known time: when it ended, started or was created, and how long it has run. */
export function timesLine(task: Task, now: Instant): string {
  const { createTime, startTime, stopTime } = task;
  const ran = startTime === null ? null : formatDuration((stopTime ?? now) - startTime);
  if (stopTime !== null) return `ended ${date(stopTime)}${ran ? ` after ${ran}` : ''}`;
  // A start time in the future is clock skew, not a duration.
  if (startTime !== null) return `started ${date(startTime)}${startTime < now ? `, ${ran} ago` : ''}`;
  if (createTime !== null) return `created ${date(createTime)}`;
  return task.unreadable.includes('createTime') ? 'created: unreadable time' : 'created: unknown';
}

/** How long an ended task ran; empty if unknown. */
export function ranFor({ startTime, stopTime }: Pick<Task, 'startTime' | 'stopTime'>): string {
  if (startTime === null || stopTime === null || stopTime < startTime) return '';
  return `ran ${formatDuration(stopTime - startTime)}`;
}

/** The task's id, ready to copy. */
export function taskId(operationId: string): string {
  return code(cut(operationId, 256));
}

/** A warning for a task that ended too soon to have upgraded anything; empty for any other. */
export function fastLine(ended: Pick<Task, 'status' | 'tally' | 'startTime' | 'stopTime'>): string {
  const ran = suspiciouslyFast(ended);
  if (ran === null) return '';
  return `Ended after ${formatDuration(ran)}, suspiciously fast: perhaps the version was installed already, or no device was reached.`;
}
