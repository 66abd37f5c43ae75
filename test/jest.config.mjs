import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

/**
 * Properties are played on one fixed seed, so that a run that was green stays green. `FC_SEED=random` is for a run at
 * night: it takes another seed each time, plays the cheap properties ten times as often, and prints the seed, with which
 * `FC_SEED=<that number>` plays the same once more.
 */
const FIXED_SEED = 4711;
const asked = process.env.FC_SEED ?? String(FIXED_SEED);
const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
if (!Number.isInteger(seed)) throw new Error(`FC_SEED must be a whole number or "random", not "${asked}".`);
if (seed !== FIXED_SEED) console.error(`Properties are played on FC_SEED=${seed}.`);

// Node's own loader is not used by jest, so types are stripped by swc; everything stays an ES module.
const common = {
  rootDir,
  testEnvironment: 'node',
  globals: { PROPERTY_SEED: seed, PROPERTY_EFFORT: seed === FIXED_SEED ? 1 : 10 },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2024', parser: { syntax: 'typescript', tsx: false } },
        module: { type: 'es6' },
      },
    ],
  },
};

const tests = {
  ...common,
  displayName: 'sqlite',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['\\.postgres\\.test\\.ts$'],
};

/**
 * The store once more on a PostgreSQL server, with the stories of several processes. At night also all that the watch and
 * the delivery do with it: that takes as long as a quarter of everything else.
 */
const repeated = seed === FIXED_SEED ? ['store'] : ['store', 'watch', 'notify'];
const onPostgres = {
  ...common,
  displayName: 'postgres',
  globals: { ...common.globals, TEST_ENGINE: 'postgres' },
  testMatch: [
    '<rootDir>/test/**/*.postgres.test.ts',
    ...repeated.map((part) => `<rootDir>/test/${part}/**/*.test.ts`),
  ],
  // About SQLite's files, locks and plans.
  testPathIgnorePatterns: ['open-sqlite', 'full-disk', 'query-plans'].map(
    (name) => `/test/store/${name}\\.test`,
  ),
};

const server = process.env.TEST_DATABASE_URL;
if (!server)
  console.error(
    'TEST_DATABASE_URL is not set: no tests on PostgreSQL (`.ci/with-postgres npm test` runs them).',
  );

export default {
  rootDir,
  // A safety net only: a busy machine is not what a test is about.
  testTimeout: 180_000,
  testSequencer: '<rootDir>/test/sequencer.mjs',
  // Stories mostly wait: with as many workers as there are processors, a third of their time would be idle.
  maxWorkers: availableParallelism() + 2,
  // What modules of one file hold is not let go of before its worker ends.
  workerIdleMemoryLimit: '1.5GB',
  projects: server ? [tests, onPostgres] : [tests],
};
