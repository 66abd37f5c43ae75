import type { ChangeKind } from '../../core/change/changes.ts';
import type { StatusAndWord, Task, TaskStatus } from '../../core/task/task.ts';
import { count, cut } from './text.ts';

export interface Look {
  readonly emoji: string;
  readonly label: string;
}

const EMOJI: Readonly<Record<TaskStatus, string>> = {
  waiting: ':white_circle:',
  running: ':large_blue_circle:',
  failed: ':red_circle:',
  succeeded: ':large_green_circle:',
  stopped: ':black_circle:',
  unknown: ':grey_question:',
};

/** How a status is shown. An undocumented one is shown in the platform's own word. */
export function statusLook({ status, statusWord }: StatusAndWord): Look {
  return {
    emoji: EMOJI[status],
    label: status === 'unknown' ? (statusWord ?? status) : status,
  };
}

/** `Firmware upgrade`, `Software upgrade`, or the platform's own word for a new type. */
export function typeLabel({ type, typeWord }: Pick<Task, 'type' | 'typeWord'>): string {
  if (type === 'unknown') return typeWord ?? type;
  return type === 'firmware' ? 'Firmware upgrade' : 'Software upgrade';
}

interface ChangeLook extends Look {
  /** The label without its explanation, for counts of changes. */
  readonly brief: string;
}

const CHANGES: Readonly<Record<ChangeKind, ChangeLook>> = {
  created: look(':new:', 'created'),
  started: look(':arrow_forward:', 'started'),
  progress: look(':large_blue_circle:', 'moved on'),
  failing: look(':warning:', 'begins to fail'),
  stalled: look(':hourglass:', 'stalled'),
  resumed: look(':fast_forward:', 'moves again'),
  overdue: look(':alarm_clock:', 'overdue'),
  failed: look(':red_circle:', 'failed'),
  succeeded: look(':large_green_circle:', 'succeeded'),
  stopped: look(':black_circle:', 'stopped'),
  ended: look(':grey_question:', 'ended', 'the platform calls it by a word I do not know'),
  recovered: look(':leftwards_arrow_with_hook:', 'recovered', 'it runs again'),
  vanished: look(':ghost:', 'vanished', 'the platform no longer knows it'),
};

function look(emoji: string, brief: string, explanation?: string): ChangeLook {
  return { emoji, brief, label: explanation === undefined ? brief : `${brief}: ${explanation}` };
}

/** The end of a task with an undocumented status, in the platform's own word. Not escaped. */
export function endedAs(statusWord: string | null): string {
  return `ended as “${cut(statusWord ?? 'unknown', 40)}”`;
}

/** A change in a few words. */
export function changeLook(kind: ChangeKind): ChangeLook {
  return CHANGES[kind];
}

const PLURAL: Readonly<Partial<Record<ChangeKind, string>>> = {
  failing: 'begin to fail',
  resumed: 'move again',
};

/** The number of tasks with a change, such as `3 failed`. */
export function changeCount(kind: ChangeKind, tasks: number): string {
  return `${count(tasks)} ${(tasks === 1 ? null : PLURAL[kind]) ?? CHANGES[kind].brief}`;
}
