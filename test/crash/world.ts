import {
  createSimulatedClock,
  type SimulatedPlatform,
  startSimulatedPlatform,
} from '../../sandbox/platform/index.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { type HistoryLag, lagging } from './history-lag.ts';
import { CHANNELS, ELSEWHERE } from './subscriptions.ts';

export interface WorldOptions {
  readonly now: () => number;
  /** Milliseconds by which the history lags behind the channel. */
  readonly historyLag: number;
  /** What the platform takes in a minute; null: anything. */
  readonly callsPerMinute: number | null;
  /** How long Slack waits for an acknowledgement, in milliseconds; default as Slack does. */
  readonly ackTimeoutMs?: number;
}

/** Both systems of one run, on one clock. */
export interface World {
  readonly platform: SimulatedPlatform;
  readonly workspace: Workspace;
  readonly lag: HistoryLag;
  close(): Promise<void>;
}

export async function openWorld({
  now,
  historyLag,
  callsPerMinute,
  ackTimeoutMs,
}: WorldOptions): Promise<World> {
  const fleetClock = createSimulatedClock(now(), now);
  fleetClock.follow({ speed: 1 });
  const platform = await startSimulatedPlatform({
    clock: fleetClock,
    wallNow: now,
    behaviour: { callsPerMinute },
  });
  const workspace = await startWorkspace({
    now,
    channels: [...CHANNELS, ELSEWHERE].map((name) => ({ name })),
    people: [{ name: 'ana' }],
    ...(ackTimeoutMs !== undefined && { ackTimeoutMs }),
  });
  return {
    platform,
    workspace,
    lag: lagging(now, historyLag),
    async close() {
      platform.faults.clear();
      workspace.clearFaults();
      await Promise.all([platform.close(), workspace.close()]);
    },
  };
}
