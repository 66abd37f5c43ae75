import { availableParallelism } from 'node:os';
import { readArguments, USAGE } from './arguments.ts';
import { missedPoints, printFigures, sumUp } from './figures.ts';
import { failed, type Job, type Result } from './job.ts';
import { checkItself } from './self-check.ts';
import { playAll } from './workers.ts';

/**
 * The crash story: the same script is played twice, once undisturbed and once with kills and faults, and what stands in
 * Slack at the end has to be the same. Ends with 1 where anything deviates.
 */
const USAGE_ERROR = 64;
/** Who repeats a single run wants its outcome and nothing else. */
const ENOUGH_TO_CHECK = 10;
const AGAIN = {
  here: { numbers: '--runs 1 --processes 0', name: 'in process' },
  process: { numbers: '--runs 0 --processes 1', name: 'with processes' },
  cluster: { numbers: '--runs 0 --processes 0 --postgres 1', name: 'on PostgreSQL' },
} as const;
const cores = availableParallelism();
const given = readArguments(process.argv.slice(2), cores);
if (typeof given === 'string') {
  console.error(`${given}\n${USAGE}`);
  process.exit(USAGE_ERROR);
}
const { runs, processes, postgres, seed, workers, sabotage, log } = given;
if (postgres > 0 && !process.env.TEST_DATABASE_URL) {
  console.error(
    '--postgres needs a PostgreSQL server: set TEST_DATABASE_URL, or run `.ci/with-postgres npm run test:crash -- ...`.',
  );
  process.exit(USAGE_ERROR);
}
const begun = performance.now();
console.log(
  `crash story: seeds ${seed} to ${seed + Math.max(runs, processes, postgres) - 1}, ${runs} runs in process, ${processes} with processes, ` +
    `${postgres} on PostgreSQL; ${cores} cores, ${workers} workers, Node ${process.versions.node}`,
);

const results: Result[] = [];
const jobs = (way: Job['way'], number: number) =>
  Array.from({ length: number }, (_, index): Job => ({ way, seed: seed + index, sabotage }));
const take = (result: Result) => {
  results.push(result);
  if (failed(result)) console.log(describe(result));
  else if (results.length % 100 === 0) console.log(`  ${results.length} runs played`);
};
await playAll(jobs('here', runs), workers, take);
// A process mostly waits for its next look, so more of them fit beside each other.
await playAll(jobs('process', processes), workers * 2, take);
// These wait for leases as well.
await playAll(jobs('cluster', postgres), workers * 2, take);
const checked = sabotage === null && runs >= ENOUGH_TO_CHECK ? await checkItself(seed, workers) : [];

const figures = sumUp(results);
const missed = missedPoints(figures);
console.log(`\n${printFigures(figures, (performance.now() - begun) / 1_000)}`);
for (const { sabotage: name, wanted, found } of checked) {
  console.log(`self check: a Slack that ${name}: ${found ? `found as ${wanted}` : `NOT FOUND as ${wanted}`}`);
}
for (const point of missed) console.log(`no bot died at: ${point}`);
process.exitCode = results.some(failed) || missed.length > 0 || checked.some(({ found }) => !found) ? 1 : 0;

/** A failed run: how to have it again, and everything that is wrong. */
function describe({ job, differences, problems, error, log: lines }: Result): string {
  const { numbers, name } = AGAIN[job.way];
  const again = `npm run test:crash -- ${numbers} --seed ${job.seed} --log`;
  return [
    `FAILED seed ${job.seed} (${name}); again: ${again}`,
    ...(error === null ? [] : [`  ${error}`]),
    ...problems.map((problem) => `  ${problem}`),
    ...differences.map(({ kind, where, what }) => `  ${kind} in ${where}: ${what}`),
    ...(log ? lines.map((line) => `  | ${line}`) : []),
  ].join('\n');
}
