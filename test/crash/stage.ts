import type { SimulatedPlatform } from '../../sandbox/platform/index.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { FIRST_READ, type Gates, type GatesOptions, openGates } from './gates.ts';
import { openWorld } from './world.ts';

export interface StageOptions extends Omit<GatesOptions, 'world' | 'onRead'> {
  readonly clock: GatesOptions['clock'] & { readonly now: () => number };
  /** Milliseconds by which the history lags behind the channel. */
  readonly historyLag: number;
}

/** The world of a run with one bot: both systems, and the gates on the way to them. */
export interface Stage extends Gates {
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  /** Called before the first read of each cycle reaches the platform. */
  onCycleBegins: (() => void) | null;
}

/** Opens a world in which every call of the bot passes a gate. Time is the clock's, for both systems. */
export async function openStage({ historyLag, ...options }: StageOptions): Promise<Stage> {
  const world = await openWorld({ now: options.clock.now, historyLag, callsPerMinute: null });
  const gates = await openGates({
    ...{ ...options, world },
    onRead(read) {
      if (read === FIRST_READ) stage.onCycleBegins?.();
    },
  });
  const stage: Stage = {
    ...gates,
    platform: world.platform,
    workspace: world.workspace,
    onCycleBegins: null,
    async close() {
      // Calls that hang would keep a gate from closing.
      world.platform.faults.clear();
      world.workspace.clearFaults();
      await gates.close();
      await world.close();
    },
  };
  return stage;
}
