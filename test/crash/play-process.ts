import { join } from 'node:path';
import type { Activity } from './activity.ts';
import { openBoard } from './board.ts';
import { createBoardOrders } from './board-orders.ts';
import { createHangs } from './hangs.ts';
import { createJumpingClock } from './jumping-clock.ts';
import { playScript } from './play-script.ts';
import type { Hit, Played } from './played.ts';
import { NETWORK_POINTS, type Point } from './points.ts';
import { readChannels } from './read-channels.ts';
import { runProcess } from './run-process.ts';
import type { Script } from './script.ts';
import { openStage } from './stage.ts';
import { withFolder } from './store-folder.ts';
import { CHANNELS, subscribeChannels, takeUp } from './subscriptions.ts';
import { createTripwire, type KillOrder } from './tripwire.ts';
import type { Trouble } from './trouble.ts';

const EVERY_SECOND = '* * * * * *';

export interface ProcessTools {
  readonly activity: Activity;
  readonly realNow: () => number;
  /** Makes this the time of the whole process, until it is called again. */
  readonly setTime: (now: () => number) => void;
}

/** Plays a script with bots that are processes of their own, and are really killed. */
export async function playProcess(script: Script, trouble: Trouble, tools: ProcessTools): Promise<Played> {
  return await withFolder((folder) => play(script, trouble, tools, folder));
}

async function play(
  script: Script,
  trouble: Trouble,
  { activity, realNow, setTime }: ProcessTools,
  folder: string,
): Promise<Played> {
  const storePath = join(folder, 'upgrades.db');
  const boardPath = join(folder, 'board');
  const board = openBoard(boardPath, 'w+');
  const clock = createJumpingClock(board.offset, activity, realNow);
  setTime(clock.now);
  const tripwire = createTripwire();
  const orders = createBoardOrders(board);
  const hangs = createHangs();
  const hits: Hit[] = [];
  const log: string[] = [];
  const hit = (point: Point, what: string) => {
    hits.push({ point, what });
    log.push(`--- killed ${point} ${what}`);
  };
  const stage = await openStage({
    ...{ clock, activity, sabotage: null, historyLag: trouble.historyLag },
    bot: {
      alive: () => runner.alive(),
      reached(point, what) {
        const order = tripwire.reached(point, what);
        if (order !== null) {
          hit(point, what);
          runner.kill();
        }
        return order;
      },
      gone: () => runner.gone(),
    },
  });
  const runner = runProcess({
    storePath,
    now: clock.now,
    env: {
      ...stage.env,
      POLL_SCHEDULE: EVERY_SECOND,
      DATABASE_URL: `sqlite:${storePath}`,
      CRASH_BOARD: boardPath,
    },
    born: () => tripwire.born(),
    onCycleBegins: (listener) => {
      stage.onCycleBegins = listener;
    },
    async cut() {
      for (const order of orders.collect()) hit(order.point, '');
      await hangs.releaseDuring(() => stage.cut());
    },
    meanwhile: () => hangs.release(),
    onLog: (line) => void log.push(line),
  });
  // Until its first good look a bot asks every second whether it may sweep. Here nothing else takes time then, and it would
  // wait hours in the second to its next look.
  const mishaps = trouble.mishaps.filter(({ step, side }) => step > 0 || side === 'slack');
  const arm = (order: KillOrder) => (NETWORK_POINTS.has(order.point) ? tripwire : orders).arm(order);
  const openWard = async () => {
    await runner.stop();
    stage.workspace.changeChannel('ward', { archived: false });
    await takeUp(storePath, stage.workspace.channelInfo('ward').id);
  };
  try {
    const begun = clock.now();
    await subscribeChannels(storePath, (name) => stage.workspace.channelInfo(name).id, begun);
    const marks = await playScript(
      script,
      { ...trouble, mishaps },
      {
        stage,
        clock,
        runner,
        arm,
        hangs,
        begun,
        openWard,
      },
    );
    const channels = readChannels(stage.workspace, CHANNELS, marks);
    return { channels, hits, log, processesKilled: runner.killed() };
  } catch (error) {
    throw new Error(`${String(error)}\n${log.slice(-20).join('\n')}`, { cause: error });
  } finally {
    await runner.stop();
    await stage.close();
    board.close();
  }
}
