import type { KnownBlock } from '@slack/types';
import { type StandingAlarm, standingAlarms } from '../../core/change/alarms/standing-alarms.ts';
import type { Mute } from '../../core/notification/mute.ts';
import { suspiciouslyFast } from '../../core/task/suspiciously-fast.ts';
import { failedDevices } from '../../core/task/tally.ts';
import type { Task } from '../../core/task/task.ts';
import type { WatchedTask } from '../../core/task/watched-task.ts';
import { calling, mentionLine, person } from '../blocks/mentions.ts';
import { context, fitLines, type Message, sections } from '../blocks/message.ts';
import { notes } from '../blocks/notes.ts';
import { count, counted, cut, date, plain } from '../blocks/text.ts';
import { changeLook, endedAs, type Look } from '../blocks/words.ts';
import { failedDevicesLine, reasonsLine } from '../task/failures.ts';
import {
  fastLine,
  progressBar,
  ranFor,
  tallyLine,
  taskId,
  taskName,
  taskTitle,
  timesLine,
} from '../task/task-line.ts';
import { taskLook } from '../task/task-look.ts';
import { rootButtons } from './root-buttons.ts';
import { earlierLine, earlierWords, type RootState } from './root-state.ts';

/**
 * The root message of a task's thread. It always shows the full current state and does not depend on the time it
 * is rendered, so sending it again changes nothing.
 */
export function taskRoot(state: RootState): Message {
  const { watched, mentions } = state;
  const { task } = watched;
  const alarms = standingAlarms(watched);
  const { emoji, label: headline } = headOf(watched, alarms);
  const bar = progressBar(task.tally);
  const troubled = alarms.length > 0;
  const failed = failedDevices(task.tally);
  const why = troubled && state.failures !== null ? reasonsLine(state.failures, failed) : '';
  const which = troubled && state.failures !== null ? failedDevicesLine(state.failures, failed) : '';
  const fast = fastLine(task);
  return {
    text: plainText(state, headline, [earlierWords(state), fast, why && `${why}.`]),
    blocks: [
      ...sections(
        [
          mentionLine(mentions),
          `${emoji} *${plain(headline)}* · ${taskTitle(task)}`,
          earlierLine(state),
          `${bar ? `${bar} ` : ''}${tallyLine(task.tally)}`,
          [taskId(task.operationId), times(task), ...alarms.map((alarm) => since(watched, alarm))]
            .filter(Boolean)
            .join(' · '),
          fast,
        ].filter(Boolean),
      ),
      ...sections([why, which].filter(Boolean)),
      ...hands(state),
      rootButtons(state, troubled),
      ...notes(state),
    ],
  };
}

/** The headline: the task's state, or that it has vanished. */
function headOf({ task, active, vanishedAt }: WatchedTask, standing: readonly StandingAlarm[]): Look {
  const isOver = task.status === 'unknown' && !active && (task.startTime ?? task.stopTime) !== null;
  if (vanishedAt === null && isOver) return { ...taskLook(task), label: endedAs(task.statusWord) };
  if (vanishedAt === null) return taskLook({ ...task, standing });
  return { ...changeLook('vanished'), label: 'vanished from the platform' };
}

function times(task: Task): string {
  const { startTime, stopTime } = task;
  if (stopTime !== null) return [`ended ${date(stopTime)}`, ran(task)].filter(Boolean).join(' · ');
  return startTime === null ? timesLine(task, 0) : `started ${date(startTime)}`;
}

/** How long it ran; empty if unknown, or if `fastLine` already says it. */
function ran(task: Task): string {
  return suspiciouslyFast(task) === null ? ranFor(task) : '';
}

/** When the trouble began, unless the task's times already say so. */
function since({ task, alarms, movedAt }: WatchedTask, alarm: StandingAlarm): string {
  if (alarm === 'stalled') return `no device moved since ${date(movedAt)}`;
  if (alarm !== 'overdue') return '';
  const { startTime, endTime } = task.policy;
  if (alarms.overdue === 'not-started') return startTime === null ? '' : `was to start ${date(startTime)}`;
  return endTime === null ? '' : `was to end ${date(endTime)}`;
}

/** The acknowledgement and the mute, with the people behind them. */
function hands({ watched: { task, active }, acknowledgement, mute }: RootState): readonly KnownBlock[] {
  const lines = [
    ...(acknowledgement === null
      ? []
      : [
          endedWell(task)
            ? `:ballot_box_with_check: ${person(acknowledgement.by)} looked after it from ${date(acknowledgement.at)}`
            : `:ballot_box_with_check: ${person(acknowledgement.by)} looks after it since ${date(acknowledgement.at)}`,
        ]),
    ...(mute === null ? [] : [`:no_bell: Muted by ${person(mute.by)} until ${muteEnd(active, mute)}`]),
  ];
  return lines.length === 0 ? [] : [context(lines.join('\n'))];
}

function muteEnd(active: boolean, { until }: Mute): string {
  if (until !== null) return date(until);
  return active ? 'it ends' : 'it ends again';
}

function endedWell({ status }: Task): boolean {
  return status === 'succeeded' || status === 'stopped';
}

/** The whole message as text, for notifications, screen readers and workspaces that cannot show the blocks. */
function plainText(
  { watched: { task }, mentions, acknowledgement, mute }: RootState,
  headline: string,
  more: readonly string[],
): string {
  const failed = failedDevices(task.tally) ?? 0;
  const { total } = task.tally;
  const devices =
    failed === 0
      ? ''
      : total === null
        ? `${counted(failed, 'device')} failed.`
        : `${count(failed)} of ${counted(total, 'device')} failed.`;
  const length = ran(task);
  const story = [
    `${plain(cut(`${taskName(task)}: ${headline} (${task.operationId})`, 300))}${length ? `, ${length}` : ''}.`,
    devices,
    ...more,
    acknowledgement === null || endedWell(task) ? '' : `${person(acknowledgement.by)} looks after it.`,
    mute === null ? '' : `Muted by ${person(mute.by)}.`,
  ];
  return fitLines(calling(mentions, story.filter(Boolean).join(' ')), 3_500);
}
