import type { ChangeKind } from '../../core/change/changes.ts';
import { count, cut } from './text.ts';

export interface Look {
  readonly emoji: string;
  readonly label: string;
}

const STATUSES: ReadonlyMap<string, Look> = new Map(
  Object.entries<Look>({
    wait: { emoji: ':white_circle:', label: 'waiting' },
    processing: { emoji: ':large_blue_circle:', label: 'running' },
    failed: { emoji: ':red_circle:', label: 'failed' },
    success: { emoji: ':large_green_circle:', label: 'succeeded' },
    stop: { emoji: ':black_circle:', label: 'stopped' },
  }),
);

/** How a status is shown. A word the platform has not documented is shown as it came. */
export function statusLook(status: string): Look {
  return STATUSES.get(status) ?? { emoji: ':grey_question:', label: status };
}

/** How a device's result is shown: the platform says `fail` of a device where it says `failed` of a task. */
export function resultLook(status: string): Look {
  return statusLook(status === 'fail' ? 'failed' : status);
}

/** `Firmware upgrade`, `Software upgrade`, or the platform's word where it is a new one. */
export function typeLabel(type: string): string {
  if (type === 'firmware_upgrade') return 'Firmware upgrade';
  return type === 'software_upgrade' ? 'Software upgrade' : type;
}

interface ChangeLook extends Look {
  /** The label without its explanation, for places where changes are counted. */
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

/** How a task ended whose status no document names. Not escaped. */
export function endedAs(status: string): string {
  return `ended as “${cut(status, 40)}”`;
}

/** How a change is told in a few words. */
export function changeLook(kind: ChangeKind): ChangeLook {
  return CHANGES[kind];
}

const PLURAL: Readonly<Partial<Record<ChangeKind, string>>> = {
  failing: 'begin to fail',
  resumed: 'move again',
};

/** How many tasks went through a change, such as `3 failed`. */
export function changeCount(kind: ChangeKind, tasks: number): string {
  return `${count(tasks)} ${(tasks === 1 ? null : PLURAL[kind]) ?? CHANGES[kind].brief}`;
}
