/** Something that happens on the platform to one task. */
export type Move =
  | {
      readonly kind: 'create';
      readonly id: string;
      readonly type: 'firmware_upgrade' | 'software_upgrade';
      readonly status: 'wait' | 'processing' | 'failed' | 'success';
      readonly devices: number;
      /** Whether its window closes some hours after its creation. */
      readonly window: boolean;
    }
  | { readonly kind: 'start'; readonly id: string }
  /** Some devices end; at least one is left, so that the task goes on. */
  | { readonly kind: 'finish'; readonly id: string; readonly success: number; readonly fail: number }
  | { readonly kind: 'end'; readonly id: string; readonly status: 'failed' | 'success' | 'stop' }
  | { readonly kind: 'recover'; readonly id: string }
  | { readonly kind: 'vanish'; readonly id: string };

/** The world moves on at once; then nothing moves until everything about it was told. */
export interface Step {
  /** By how much the clock jumps before, in milliseconds. */
  readonly jump: number;
  /** The clock jumps on to this moment, in milliseconds from the beginning of the story. */
  readonly to: number | null;
  /** What happens to the channel that is closed for a while. */
  readonly ward: 'closes' | 'opens' | null;
  readonly moves: readonly Move[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * When what is decided by time is decided, in milliseconds. Jumps lead to either side of each moment and never near it:
 * the minutes that a bot loses by its restarts must decide nothing.
 */
export const TIMES = {
  /** Jumps of these lengths: unnoticed, a downtime, and beyond every alarm. */
  small: { from: 1_000, to: 40_000 },
  downtime: { from: 12 * MINUTE, to: 20 * MINUTE },
  long: { from: 7 * HOUR, to: 8 * HOUR },
  /** From the beginning of the story: the quiet hours of one channel, a moment in them and one after them. */
  quietFrom: 1.5 * HOUR,
  evening: 1.75 * HOUR,
  quietUntil: 3.25 * HOUR,
  morning: 3.5 * HOUR,
  /** How long after its creation a task's window is over. */
  window: 5.5 * HOUR,
  stalledAfter: 6 * HOUR,
} as const;

/** What happens outside of the bot, whatever becomes of the bot meanwhile. */
export interface Script {
  readonly seed: number;
  /** Tasks that are there before the bot looks for the first time. */
  readonly before: readonly Move[];
  readonly steps: readonly Step[];
}
