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
  readonly moves: readonly Move[];
}

/** What happens outside of the bot, whatever becomes of the bot meanwhile. */
export interface Script {
  readonly seed: number;
  /** Tasks that are there before the bot looks for the first time. */
  readonly before: readonly Move[];
  readonly steps: readonly Step[];
}
