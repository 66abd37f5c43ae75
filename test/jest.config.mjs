import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const rootDir = fileURLToPath(new URL('..', import.meta.url));

// Node's own loader is not used by jest, so types are stripped by swc; everything stays an ES module.
const common = {
  rootDir,
  testEnvironment: 'node',
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

/** Everything that writes to the store, once more on a PostgreSQL server. */
const onPostgres = {
  ...common,
  displayName: 'postgres',
  globals: { TEST_ENGINE: 'postgres' },
  testMatch: [
    '<rootDir>/test/**/*.postgres.test.ts',
    ...['store', 'watch', 'notify'].map((part) => `<rootDir>/test/${part}/**/*.test.ts`),
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
  testTimeout: 30_000,
  // Stories mostly wait: with the usual one worker fewer than there are processors, most of their time would be idle.
  maxWorkers: availableParallelism() + 1,
  // What modules of one file hold is not let go of before its worker ends.
  workerIdleMemoryLimit: '1.5GB',
  projects: server ? [tests, onPostgres] : [tests],
};
