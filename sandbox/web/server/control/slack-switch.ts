import type { FaultHandle } from '../../../workspace/faults.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { ControlState } from '../../contract.ts';

type State = ControlState['slack'];

/** The channels' history, with which the bot finds out whether a message arrived whose answer was lost. */
const HISTORY_SCOPES = ['channels:history', 'groups:history'];

/** What happens to the bot's calls of Slack, and whether it may read the history. */
export interface SlackSwitch {
  readonly state: State;
  readonly historyScopes: boolean;
  set(state: State): void;
  grantHistory(granted: boolean): void;
}

export function createSlackSwitch(workspace: Workspace): SlackSwitch {
  let now: State = 'well';
  let fault: FaultHandle | null = null;
  let historyScopes = true;
  return {
    get state() {
      // The one lost answer is over as soon as it was lost.
      return now !== 'well' && fault?.remaining === 0 ? 'well' : now;
    },
    get historyScopes() {
      return historyScopes;
    },
    set(state) {
      fault?.clear();
      fault = null;
      if (state === 'loses-next-answer')
        fault = workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
      if (state === 'down')
        fault = workspace.fault({
          method: '*',
          kind: 'refuse-connection',
          times: Number.POSITIVE_INFINITY,
        });
      now = state;
    },
    grantHistory(granted) {
      historyScopes = granted;
      workspace.withholdScopes(granted ? [] : HISTORY_SCOPES);
    },
  };
}
