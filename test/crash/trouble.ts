import type { FaultReach, Fault as PlatformFault } from '../../sandbox/platform/index.ts';
import type { Fault as SlackFault } from '../../sandbox/workspace/faults.ts';
import type { KillOrder } from './tripwire.ts';

/** Something that goes wrong on one of the two sides from a step of the script on. */
export type Mishap =
  | {
      readonly step: number;
      readonly side: 'platform';
      readonly fault: PlatformFault;
      readonly reach: FaultReach;
    }
  | { readonly step: number; readonly side: 'slack'; readonly fault: SlackFault }
  /** All tokens of the platform die. */
  | { readonly step: number; readonly side: 'tokens' };

/** What is done to the bot while its script is played. Steps count from 0, the first look of a new bot. */
export interface Trouble {
  readonly kills: readonly KillOrder[];
  readonly mishaps: readonly Mishap[];
  /** Steps before which the bot is stopped as an operator stops it, and started again. */
  readonly restarts: readonly number[];
  /** The channel's history shows a message only so long after it was posted, in milliseconds. */
  readonly historyLag: number;
}

export const NO_TROUBLE: Trouble = { kills: [], mishaps: [], restarts: [], historyLag: 0 };
