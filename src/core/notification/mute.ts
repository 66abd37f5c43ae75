import type { Instant } from '../../lib/instant.ts';
import { isOver } from '../../lib/wait.ts';
import type { ChangeKind } from '../change/changes.ts';

/** A channel's wish to hear nothing of one task for a while. */
export interface Mute {
  /** Null: until the task ends. */
  readonly until: Instant | null;
  /** Who muted it. */
  readonly by: string;
  readonly at: Instant;
}

/** What ends a task for a mute that lasts until then. */
const ENDINGS: readonly ChangeKind[] = ['failed', 'succeeded', 'stopped', 'ended', 'vanished'];

/** What a mute does to a change: nothing, hold it until the mute is over, or swallow it because only the end counts. */
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

/** How long a task can be muted; `lasts` null until it ends. */
export const MUTE_CHOICES = [
  { value: '1h', label: '1 hour', lasts: HOUR },
  { value: '8h', label: '8 hours', lasts: 8 * HOUR },
  { value: 'end', label: 'Until it ends', lasts: null },
] as const;

/** Until when a choice mutes; null for a value that is none of them, since it comes from outside. */
export function muteChosen(
  value: string | undefined,
  now: Instant,
): { readonly until: Instant | null } | null {
  const choice = MUTE_CHOICES.find((one) => one.value === value);
  if (choice === undefined) return null;
  return { until: choice.lasts === null ? null : now + choice.lasts };
}
