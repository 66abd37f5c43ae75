import type { Instant } from '../../lib/instant.ts';
import { isOver } from '../../lib/wait.ts';
import type { ChangeKind } from '../change/changes.ts';

/** A channel's mute of one task. */
export interface Mute {
  /** Null: until the task ends. */
  readonly until: Instant | null;
  /** Slack user id. */
  readonly by: string;
  readonly at: Instant;
}

/** Changes that end a mute set to last until the task ends. */
const ENDINGS: readonly ChangeKind[] = ['failed', 'succeeded', 'stopped', 'ended', 'vanished'];

/**
 * What a mute does to a change: nothing, hold it until the mute is over, or swallow it because only the end
 * counts. `ends`: the change ends the mute.
 */
export function muteDoes(
  mute: Mute | null,
  kind: ChangeKind,
  now: Instant,
): 'nothing' | 'hold' | 'swallow' | 'ends' {
  if (mute === null) return 'nothing';
  if (mute.until === null) return ENDINGS.includes(kind) ? 'ends' : 'swallow';
  return isOver({ from: mute.at, until: mute.until }, now) ? 'nothing' : 'hold';
}

/** Whether a change ends every mute that lasts until the task's end. */
export function endsMutes(kind: ChangeKind): boolean {
  return ENDINGS.includes(kind);
}

const HOUR = 3_600_000;

/** How long a task can be muted, in milliseconds; `lasts` is null for until it ends. */
export const MUTE_CHOICES = [
  { value: '1h', label: '1 hour', lasts: HOUR },
  { value: '8h', label: '8 hours', lasts: 8 * HOUR },
  { value: 'end', label: 'Until it ends', lasts: null },
] as const;

/** When the chosen mute ends; null for an unknown value, which is possible since it comes from outside. */
export function muteChosen(
  value: string | undefined,
  now: Instant,
): { readonly until: Instant | null } | null {
  const choice = MUTE_CHOICES.find((one) => one.value === value);
  if (choice === undefined) return null;
  return { until: choice.lasts === null ? null : now + choice.lasts };
}
