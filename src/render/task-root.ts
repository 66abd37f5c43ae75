import type { Acknowledgement } from '../core/acknowledgement.ts';
import { formatDuration } from '../core/duration.ts';
import type { Mute } from '../core/mute.ts';
import type { NoticeContent } from '../core/notice-content.ts';
import type { Mention } from '../core/subscription.ts';
import { failedDevices } from '../core/tally.ts';
import type { DeviceResult, Instant, Task } from '../core/task.ts';
import type { WatchedTask } from '../core/watched-task.ts';
import { ACTIONS } from './actions.ts';
import { buttons, context, type Message, section } from './message.ts';
import { progressBar, tallyLine, taskId, taskName, taskTitle, timesLine } from './task-line.ts';
import { cut, date, plain, utc } from './text.ts';
import { changeLook, statusLook } from './words.ts';

type ChangeContent = Extract<NoticeContent, { kind: 'change' }>;

/** Why a notice was held back before it was told, if it was. */
export type Held = 'quiet' | 'muted' | 'suspended' | null;

/** Told this much after it happened, in milliseconds, a notice says how late it is. */
const LATE = 5 * 60_000;

export interface RootState {
  /** Its alarms as the channel goes by them. */
  readonly watched: WatchedTask;
  /** The failed devices that are known, and how many there are of those; null: none was read yet. */
  readonly failures: { readonly results: readonly DeviceResult[]; readonly total: number } | null;
  readonly acknowledgement: Acknowledgement | null;
  readonly mute: Mute | null;
  readonly mentions: readonly Mention[];
  /** Why it was told later than it could have been. */
  readonly held: Held;
  /** Sent before, perhaps: its answer was lost and Slack could not be asked. */
  readonly doubtful: boolean;
}

/**
 * The root message of a task's thread: always the task's full present state, so that sending it again changes nothing.
 * Nothing in it depends on the moment it is rendered.
 */
export function taskRoot({ watched, doubtful }: RootState): Message {
  const { task } = watched;
  const { emoji, headline } = stateOf(watched);
  const bar = progressBar(task.tally);
  return {
    text: plainText(task, headline),
    blocks: [
      section(
        [
          `${emoji} *${plain(headline)}* · ${taskTitle(task)}`,
          `${bar ? `${bar} ` : ''}${tallyLine(task.tally)}`,
          `${taskId(task.operationId)} · ${rootTimes(task)}`,
        ].join('\n'),
      ),
      ...buttons(
        { actionId: ACTIONS.taskDetails, label: 'Details', value: cut(task.operationId, 2_000) },
        (failedDevices(task.tally) ?? 0) > 0
          ? { actionId: ACTIONS.taskReasons, label: 'Reasons', value: cut(task.operationId, 2_000) }
          : null,
      ),
      ...(doubtful ? [context(REPEATED)] : []),
    ],
  };
}

/** Said under a message that may already stand in the channel. */
export const REPEATED =
  ':grey_exclamation: Possibly repeated: Slack’s answer to the first sending was lost, and the channel’s history could not be read.';

/** The headline: the alarm that stands, or else the status. */
function stateOf({ task, alarms, vanishedAt }: WatchedTask): {
  readonly emoji: string;
  readonly headline: string;
} {
  const status = statusLook(task.status);
  if (vanishedAt !== null)
    return { emoji: changeLook('vanished').emoji, headline: 'vanished from the platform' };
  if (task.status === 'processing' && alarms.stalled) {
    return { emoji: changeLook('stalled').emoji, headline: 'stalled' };
  }
  if (task.status === 'processing' && alarms.failing) {
    return { emoji: changeLook('failing').emoji, headline: 'begins to fail' };
  }
  if (alarms.overdue !== null && (task.status === 'processing' || task.status === 'wait')) {
    return { emoji: changeLook('overdue').emoji, headline: `${status.label}, overdue` };
  }
  return { emoji: status.emoji, headline: cut(status.label, 40) };
}

function rootTimes(task: Task): string {
  if (task.stopTime !== null || task.startTime === null) return timesLine(task, task.stopTime ?? 0);
  return `started ${date(task.startTime)}`;
}

function plainText(task: Task, headline: string): string {
  return plain(cut(`${taskName(task)}: ${headline} (${task.operationId})`, 300));
}

/** A reply in a task's thread: one change, as it was when it was seen. */
export function changeReply(
  task: Task | null,
  content: ChangeContent,
  { doubtful }: { readonly doubtful: boolean; readonly held: Held },
): Message {
  const { emoji, label } = changeLook(content.change);
  const name = task ? taskTitle(task) : '';
  const line = [
    `${emoji} *${label}*${name === '' ? '' : ` · ${name}`}`,
    tallyLine(content.tally),
    [task ? taskId(task.operationId) : '', occurred(content), duration(content)].filter(Boolean).join(' · '),
  ]
    .filter(Boolean)
    .join('\n');
  return {
    text: plain(
      cut(
        `${task ? taskName(task) : 'Upgrade task'}: ${label}${task ? ` (${task.operationId})` : ''}, ${utc(content.at)}`,
        300,
      ),
    ),
    blocks: [section(line), ...(doubtful ? [context(REPEATED)] : [])],
  };
}

/** When it happened, and how late it is told where that matters. */
export function occurred({ at, noticedAt }: { readonly at: Instant; readonly noticedAt: Instant }): string {
  const late = noticedAt - at;
  return late > LATE ? `${date(at)}, told ${formatDuration(late)} later` : date(at);
}

function duration({ change, startTime, stopTime }: ChangeContent): string {
  if (startTime === null || stopTime === null) return '';
  if (change !== 'failed' && change !== 'succeeded' && change !== 'stopped') return '';
  return `ran ${formatDuration(stopTime - startTime)}`;
}
