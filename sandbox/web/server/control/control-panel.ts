import { type Random, randomTask, type SimulatedPlatform } from '../../../platform/index.ts';
import type { Workspace } from '../../../workspace/workspace.ts';
import type { ControlAct, ControlState } from '../../contract.ts';
import { shownTasks } from '../snapshot/shown-tasks.ts';
import { doToTask } from './do-to-task.ts';
import { createPlatformSwitch } from './platform-switch.ts';
import { createSlackSwitch } from './slack-switch.ts';

/** The bot's process, as the panel handles it. */
export interface KeptBot {
  readonly state: ControlState['bot']['state'];
  readonly pid: number | null;
  readonly starts: number;
  kill(): void;
  start(): void;
  /** Calls the listener whenever the state changes, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

export interface ControlPanel {
  state(): ControlState;
  do(act: ControlAct): void;
}

/** Drives the simulated fleet and what goes wrong around the bot. */
export function createControlPanel(
  platform: SimulatedPlatform,
  workspace: Workspace,
  bot: KeptBot,
  random: Random,
): ControlPanel {
  const { clock, fleet } = platform;
  const platformSwitch = createPlatformSwitch(platform);
  const slackSwitch = createSlackSwitch(workspace);
  return {
    state: () => ({
      now: clock.now(),
      speed: clock.speed,
      counts: fleet.countsByStatus(),
      tasks: shownTasks(fleet.tasks()),
      platform: platformSwitch.state,
      slack: slackSwitch.state,
      historyScopes: slackSwitch.historyScopes,
      bot: { state: bot.state, pid: bot.pid, starts: bot.starts },
    }),
    do(act) {
      switch (act.kind) {
        case 'speed':
          return act.speed === 0 ? clock.halt() : clock.follow({ speed: act.speed });
        case 'skip':
          return clock.advance(act.milliseconds);
        case 'start-task':
          return void fleet.addTask(randomTask(fleet, random));
        case 'task':
          return doToTask(fleet, act.operationId, act.does, random);
        case 'platform':
          return platformSwitch.set(act.state);
        case 'slack':
          return slackSwitch.set(act.state);
        case 'history-scopes':
          return slackSwitch.grantHistory(act.granted);
        case 'kill-bot':
          return bot.kill();
        case 'start-bot':
          return bot.start();
      }
    },
  };
}
