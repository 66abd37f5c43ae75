import { observeActivity } from './activity.ts';
import { playCluster } from './cluster/play-cluster.ts';
import { type Job, type Result, unplayed } from './job.ts';
import { judge } from './judge.ts';
import { createJumpingClock, ownOffset } from './jumping-clock.ts';
import { createLives } from './lives.ts';
import { makeScript } from './make-script.ts';
import { makeTrouble } from './make-trouble.ts';
import { playHere } from './play-here.ts';
import { playProcess } from './play-process.ts';
import type { Played } from './played.ts';
import { rememberKeys } from './remember-keys.ts';
import type { Script } from './script.ts';
import { NO_TROUBLE, type Trouble } from './trouble.ts';

/**
 * Plays runs, one at a time, as its parent hands them over. The time of the whole process is the run's, since both
 * simulated systems live in it.
 */
rememberKeys();
const activity = observeActivity();
const realNow = Date.now.bind(Date);
const clock = createJumpingClock(ownOffset(), activity, realNow);
const lives = createLives(activity.note);
const setTime = (now: () => number) => {
  Date.now = now;
};
const tools = { clock, activity, lives };
/** Processes take seconds to start, so their scripts are shorter and the bot dies less often. */
const SIZES = {
  here: { script: { fewest: 3, most: 8 }, trouble: { fewestKills: 2, mostKills: 6, mostMishaps: 5 } },
  process: { script: { fewest: 3, most: 5 }, trouble: { fewestKills: 2, mostKills: 4, mostMishaps: 3 } },
  cluster: { script: { fewest: 3, most: 5 }, trouble: { fewestKills: 2, mostKills: 5, mostMishaps: 3 } },
} as const;

async function playAs({ way, sabotage }: Job, script: Script, trouble: Trouble): Promise<Played> {
  if (way === 'here') return await playHere(script, trouble, tools, sabotage);
  const processes = { activity, realNow, setTime };
  if (way === 'process') return await playProcess(script, trouble, processes);
  return await playCluster(script, trouble, processes, sabotage);
}

async function play(job: Job): Promise<Result> {
  const size = SIZES[job.way];
  const script = makeScript(job.seed, size.script);
  const trouble = makeTrouble(job.seed, script.steps.length, size.trouble);
  try {
    setTime(clock.now);
    const reference = await playHere(script, NO_TROUBLE, tools);
    const troubled = await playAs(job, script, trouble);
    const { hits, processesKilled, problems = [], cluster = null, log } = troubled;
    const verdict = judge(script, reference, troubled);
    return { job, ...verdict, error: null, hits, processesKilled, problems, cluster, log };
  } catch (error) {
    return unplayed(job, error instanceof Error ? error.message : String(error));
  }
}

process.on('message', (job: Job) => {
  void play(job).then((result) => process.send?.(result));
});
