import type { QueuedFault, SimulatedPlatform } from '../../../platform/index.ts';
import type { ControlState } from '../../contract.ts';

type State = ControlState['platform'];

/** One switch for how the platform is. Leaving a state undoes what entering it did. */
export interface PlatformSwitch {
  readonly state: State;
  set(state: State): void;
}

export function createPlatformSwitch({ behaviour, faults }: SimulatedPlatform): PlatformSwitch {
  const allowed = behaviour.callsPerMinute;
  let now: State = 'well';
  let outage: QueuedFault | null = null;
  return {
    get state() {
      return now;
    },
    set(state) {
      outage?.clear();
      outage = state === 'down' ? faults.add({ kind: 'reset' }, { times: 'until-cleared' }) : null;
      behaviour.callsPerMinute = state === 'throttled' ? 0 : allowed;
      now = state;
    },
  };
}
