import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Result } from './job.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** A worker is replaced after so many runs: what they leave behind must not add up. */
const RUNS_PER_WORKER = 100;

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
          onResult(await playOne(worker, job));
        }
      } finally {
        worker.kill('SIGKILL');
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, lane));
}

function playOne(worker: ChildProcess, job: Job): Promise<Result> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null) =>
      reject(new Error(`a worker ended with ${code} at seed ${job.seed}`));
    worker.once('exit', gone);
    worker.once('message', (result) => {
      worker.off('exit', gone);
      // Sent by worker.ts, which sends nothing else.
      resolve(result as Result);
    });
    worker.send(job);
  });
}
