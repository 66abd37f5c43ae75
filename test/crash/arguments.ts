import { parseArgs } from 'node:util';
import { SABOTAGES, type Sabotage } from './sabotage.ts';

export interface Arguments {
  /** Runs with bots in the test's own processes. */
  readonly runs: number;
  /** Runs with bots that are processes of their own, killed by SIGKILL. */
  readonly processes: number;
  /** Runs with several processes on one PostgreSQL, killed at any time. */
  readonly postgres: number;
  /** The first seed; the others follow it. */
  readonly seed: number;
  /** Processes of the test that play at the same time. */
  readonly workers: number;
  /** Breaks the world in every run: each must fail then. */
  readonly sabotage: Sabotage | null;
  /** Prints what the bots of a failed run logged. */
  readonly log: boolean;
}

export const USAGE = `npm run test:crash -- [--runs 1000] [--processes 100] [--postgres 0] [--seed 1]
                       [--workers <cores>] [--sabotage ${SABOTAGES.join('|')}] [--log]`;

/** Reads the command line; a text says what is wrong with it. */
export function readArguments(words: readonly string[], cores: number): Arguments | string {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(words);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { sabotage = null, log } = values;
  const numbers = {
    runs: Number(values.runs),
    processes: Number(values.processes),
    postgres: Number(values.postgres),
    seed: Number(values.seed),
    workers: Number(values.workers ?? cores),
  };
  const wrong = Object.entries(numbers).find(([, number]) => !Number.isInteger(number) || number < 0);
  if (wrong) return `--${wrong[0]} must be a whole number`;
  if (numbers.workers === 0) return '--workers must be at least 1';
  if (numbers.runs + numbers.processes + numbers.postgres === 0) return 'there is nothing to run';
  const known = SABOTAGES.find((one) => one === sabotage) ?? null;
  if (sabotage !== known) return `--sabotage must be one of ${SABOTAGES.join(', ')}`;
  return { ...numbers, sabotage: known, log };
}

function parse(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      runs: { type: 'string', default: '1000' },
      processes: { type: 'string', default: '100' },
      postgres: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string' },
      sabotage: { type: 'string' },
      log: { type: 'boolean', default: false },
    },
  }).values;
}
