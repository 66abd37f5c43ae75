import { join } from 'node:path';
import type { Activity } from './activity.ts';
import { createHangs } from './hangs.ts';
import type { JumpingClock } from './jumping-clock.ts';
import type { Lives } from './lives.ts';
import { playScript } from './play-script.ts';
import type { Hit, Played } from './played.ts';
import type { Point } from './points.ts';
import { readChannels } from './read-channels.ts';
import { runHere } from './run-here.ts';
import type { Sabotage } from './sabotage.ts';
import type { Script } from './script.ts';
import { openStage } from './stage.ts';
import { withFolder } from './store-folder.ts';
import { CHANNELS, subscribeChannels, takeUp } from './subscriptions.ts';
import { createTripwire } from './tripwire.ts';
import type { Trouble } from './trouble.ts';

export interface HereTools {
  readonly clock: JumpingClock;
  readonly activity: Activity;
  readonly lives: Lives;
}

/** Plays a script with bots in this process, in a world of its own. */
export async function playHere(
  script: Script,
  trouble: Trouble,
  tools: HereTools,
  sabotage: Sabotage | null = null,
): Promise<Played> {
  return await withFolder((folder) => play(script, trouble, tools, sabotage, join(folder, 'upgrades.db')));
}

async function play(
  script: Script,
  trouble: Trouble,
  { clock, activity, lives }: HereTools,
  sabotage: Sabotage | null,
  storePath: string,
): Promise<Played> {
  const tripwire = createTripwire();
  const hangs = createHangs();
  const hits: Hit[] = [];
  const log: string[] = [];
  const reached = (point: Point, what: string) => {
    const order = tripwire.reached(point, what);
    if (order !== null) {
      hits.push({ point, what });
      log.push(`--- killed ${point} ${what}`);
      runner.die();
    }
    return order;
  };
  const stage = await openStage({
    ...{ clock, activity, sabotage, historyLag: trouble.historyLag },
    bot: { alive: () => runner.alive(), reached, gone: async () => undefined },
  });
  const runner = runHere({
    ...{ clock, lives, storePath },
    env: { ...stage.env, DATABASE_URL: `sqlite:${storePath}` },
    born: () => tripwire.born(),
    reached: (point) => reached(point, '') !== null,
    cut: () => hangs.releaseDuring(() => stage.cut()),
    meanwhile: () => hangs.release(),
    onLog: (line) => void log.push(line.trimEnd()),
  });
  const openWard = async () => {
    await runner.stop();
    stage.workspace.changeChannel('ward', { archived: false });
    await takeUp(storePath, stage.workspace.channelInfo('ward').id);
  };
  try {
    const begun = clock.now();
    await subscribeChannels(storePath, (name) => stage.workspace.channelInfo(name).id, begun);
    const arm = tripwire.arm;
    const marks = await playScript(script, trouble, {
      stage,
      clock,
      runner,
      arm,
      hangs,
      begun,
      openWard,
    });
    const channels = readChannels(stage.workspace, CHANNELS, marks);
    return { channels, hits, log, processesKilled: 0 };
  } catch (error) {
    throw new Error(`${String(error)}\n${log.slice(-20).join('\n')}`, { cause: error });
  } finally {
    await runner.stop();
    await stage.close();
  }
}
