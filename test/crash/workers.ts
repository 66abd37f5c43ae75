import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Job, type Result, unplayed } from './job.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** A worker is replaced after so many runs: what they leave behind must not add up. */
const RUNS_PER_WORKER = 100;

/**
 * Real milliseconds after which a run is given up: it takes a second here, half a minute with processes, and some
 * minutes where several processes wait for each other's leases.
 */
const RUN_LIMIT = { here: 240_000, process: 240_000, cluster: 900_000 } as const;

/** Plays all jobs, so many at a time, and tells of each result as it comes. Resolves when all were played. */
export async function playAll(
  jobs: readonly Job[],
  workers: number,
  onResult: (result: Result) => void,
): Promise<void> {
  const waiting = [...jobs];
  const lane = async () => {
    while (waiting.length > 0) {
      const worker = fork(WORKER, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      try {
        for (let played = 0; played < RUNS_PER_WORKER; played += 1) {
          const job = waiting.shift();
          if (job === undefined) break;
          const result = await playOne(worker, job);
          onResult(result);
          if (result.error !== null) break;
        }
      } finally {
        worker.kill('SIGKILL');
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, lane));
}

function playOne(worker: ChildProcess, job: Job): Promise<Result> {
  return new Promise((resolve) => {
    const end = (result: Result) => {
      clearTimeout(alarm);
      worker.removeAllListeners();
      resolve(result);
    };
    const limit = RUN_LIMIT[job.way];
    const alarm = setTimeout(() => end(unplayed(job, `it did not end within ${limit / 1_000} s`)), limit);
    worker.once('exit', (code) => end(unplayed(job, `its worker ended with ${code}`)));
    // Sent by worker.ts, which sends nothing else.
    worker.once('message', (result) => end(result as Result));
    worker.send(job);
  });
}
