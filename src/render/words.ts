import type { ChangeKind } from '../core/changes.ts';

interface Look {
  readonly emoji: string;
  readonly label: string;
}

const STATUSES: Readonly<Record<string, Look>> = {
  wait: { emoji: ':white_circle:', label: 'waiting' },
  processing: { emoji: ':large_blue_circle:', label: 'running' },
  failed: { emoji: ':red_circle:', label: 'failed' },
  success: { emoji: ':large_green_circle:', label: 'succeeded' },
  stop: { emoji: ':black_circle:', label: 'stopped' },
};

/** How a status is shown. A word the platform has not documented is shown as it came. */
export function statusLook(status: string): Look {
  return Object.hasOwn(STATUSES, status)
    ? (STATUSES[status] ?? { emoji: ':grey_question:', label: status })
    : { emoji: ':grey_question:', label: status };
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

const CHANGES: Readonly<Record<ChangeKind, Look>> = {
  created: { emoji: ':new:', label: 'created' },
  started: { emoji: ':arrow_forward:', label: 'started' },
  progress: { emoji: ':large_blue_circle:', label: 'moved on' },
  failing: { emoji: ':warning:', label: 'begins to fail' },
  stalled: { emoji: ':hourglass:', label: 'stalled' },
  overdue: { emoji: ':alarm_clock:', label: 'overdue' },
  failed: { emoji: ':red_circle:', label: 'failed' },
  succeeded: { emoji: ':large_green_circle:', label: 'succeeded' },
  stopped: { emoji: ':black_circle:', label: 'stopped' },
  recovered: { emoji: ':leftwards_arrow_with_hook:', label: 'recovered: it runs again' },
  vanished: { emoji: ':ghost:', label: 'vanished: the platform no longer knows it' },
};

/** How a change is told in a few words. */
export function changeLook(kind: ChangeKind): Look {
  return CHANGES[kind];
}
