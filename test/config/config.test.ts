import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Config, loadConfig } from '../../src/config/config.ts';

const SECRETS = {
  SLACK_BOT_TOKEN: 'xoxb-secret-1',
  SLACK_SIGNING_SECRET: 'secret-2',
  IOT_SECRET: 'secret-3',
};
const REQUIRED = { ...SECRETS, IOT_BASE_URL: 'https://iot.example:8743', IOT_APP_ID: 'app-1' };

type Settings = Readonly<Record<string, string | undefined>>;

function configOf(settings: Settings): Config {
  const result = loadConfig({ ...REQUIRED, ...settings });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problemsOf(settings: Settings): readonly string[] {
  const result = loadConfig({ ...REQUIRED, ...settings });
  return result.ok ? [] : result.problems;
}

test('with the required settings alone, everything else has its default', () => {
  expect(configOf({})).toEqual({
    slack: {
      botToken: 'xoxb-secret-1',
      signingSecret: 'secret-2',
      appToken: null,
      apiUrl: 'https://slack.com/api/',
      oauth: null,
      proxy: null,
    },
    port: 3_000,
    host: null,
    access: { channels: null, userGroups: null, external: null, mention: null },
    platform: {
      baseUrl: 'https://iot.example:8743',
      appId: 'app-1',
      secret: 'secret-3',
      callsPerMinute: 100,
      timeoutMs: 10_000,
      tls: {},
      proxy: null,
    },
    watch: {
      pollSchedule: '* * * * *',
      sweepSchedule: '0 */6 * * *',
      alertChannel: null,
      failingPercent: 5,
      failingMinDevices: 10,
      stalledAfter: 6 * 3_600_000,
    },
    store: { kind: 'sqlite', path: 'data/upgrades.db' },
    logLevel: 'info',
  });
});

test('settings that are empty or blank count as not set', () => {
  const empty = Object.fromEntries(
    [
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'PORT',
      'POLL_SCHEDULE',
      'ALERT_CHANNEL',
      'STALLED_AFTER',
      'DATABASE_URL',
      'LOG_LEVEL',
      'IOT_CA_FILE',
      'FAILING_PERCENT',
    ].map((name, index) => [name, ' '.repeat(index % 2)]),
  );
  expect(configOf(empty)).toEqual(configOf({}));
});

test('every setting is taken', () => {
  const config = configOf({
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:4000/api/',
    PORT: '0',
    HOST: '127.0.0.1',
    IOT_BASE_URL: ' https://iot.example:8743// ',
    IOT_KEY_PASSPHRASE: 'pass',
    IOT_SERVER_NAME: 'iot',
    IOT_CALLS_PER_MINUTE: '30',
    IOT_TIMEOUT_MS: '500',
    POLL_SCHEDULE: '*/30 * * * * *',
    SWEEP_SCHEDULE: '0 3 * * *',
    ALLOWED_CHANNELS: 'C0123ABC, G0456DEF,',
    ALLOWED_USERGROUPS: 'S0789GHI',
    ALLOWED_USERGROUPS_EXTERNAL: 'none',
    ALLOWED_USERGROUPS_MENTION: 'S0789GHI,S0ABCDEF',
    ALERT_CHANNEL: 'C0123ABC',
    FAILING_PERCENT: '0',
    FAILING_MIN_DEVICES: '1',
    STALLED_AFTER: '90s',
    DATABASE_URL: 'sqlite::memory:',
    LOG_LEVEL: 'debug',
  });
  expect(config.slack).toMatchObject({ appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:4000/api/' });
  expect(config.port).toBe(0);
  expect(config.host).toBe('127.0.0.1');
  expect(config.access).toEqual({
    channels: new Set(['C0123ABC', 'G0456DEF']),
    userGroups: ['S0789GHI'],
    external: [],
    mention: ['S0789GHI', 'S0ABCDEF'],
  });
  expect(config.platform).toMatchObject({
    baseUrl: 'https://iot.example:8743',
    callsPerMinute: 30,
    timeoutMs: 500,
    tls: { passphrase: 'pass', serverName: 'iot' },
  });
  expect(config.watch).toEqual({
    pollSchedule: '*/30 * * * * *',
    sweepSchedule: '0 3 * * *',
    alertChannel: 'C0123ABC',
    failingPercent: 0,
    failingMinDevices: 1,
    stalledAfter: 90_000,
  });
  expect(config.store).toEqual({ kind: 'sqlite', path: ':memory:' });
  expect(config.logLevel).toBe('debug');
});

test.each([
  ['sqlite::memory:', ':memory:'],
  ['sqlite:/var/lib/upgrades.db', '/var/lib/upgrades.db'],
  ['sqlite:upgrades.db', 'upgrades.db'],
])('%s is a path', (text, path) => {
  expect(configOf({ DATABASE_URL: text }).store).toEqual({ kind: 'sqlite', path });
});

describe('several workspaces', () => {
  const OAUTH = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'hunter2',
    ALLOWED_WORKSPACES: 'T0123, E0456,',
  };
  const namesOf = (settings: Settings) => problemsOf(settings).map((line) => line.split(' ')[0]);

  test('with them no bot token is needed', () => {
    expect(configOf({ ...OAUTH, SLACK_BOT_TOKEN: undefined }).slack).toMatchObject({
      botToken: null,
      oauth: { clientId: '1.2', clientSecret: 'hunter2', allowedWorkspaces: ['T0123', 'E0456'] },
    });
  });

  test('with a bot token both are served', () => {
    expect(configOf(OAUTH).slack).toMatchObject({
      botToken: 'xoxb-secret-1',
      oauth: { allowedWorkspaces: ['T0123', 'E0456'] },
    });
  });

  test('without the client id the token is needed', () => {
    expect(namesOf({ SLACK_BOT_TOKEN: undefined })).toEqual(['SLACK_BOT_TOKEN']);
  });

  test('the client id needs its secret, and says who may install', () => {
    expect(namesOf({ SLACK_CLIENT_ID: '1.2' })).toEqual(['SLACK_CLIENT_SECRET', 'ALLOWED_WORKSPACES']);
    expect(namesOf({ ...OAUTH, ALLOWED_WORKSPACES: ' , ' })).toEqual(['ALLOWED_WORKSPACES']);
  });

  test('the secret alone is a mistake', () => {
    expect(namesOf({ SLACK_CLIENT_SECRET: 'hunter2' })).toEqual(['SLACK_CLIENT_ID']);
  });

  test.each(['acme', 'T0123,acme', 'C0123', '*'])('%s names no workspaces', (ALLOWED_WORKSPACES) => {
    const [problem, ...more] = problemsOf({ ...OAUTH, ALLOWED_WORKSPACES });
    expect(problem).toMatch(/^ALLOWED_WORKSPACES must be ids/);
    expect(problem).not.toContain('hunter2');
    expect(more).toEqual([]);
  });
});
test.each(['postgres://bot:secret@db.example:5432/upgrades', 'postgresql://db/upgrades?sslmode=require'])(
  '%s is a database',
  (url) => {
    expect(configOf({ DATABASE_URL: url }).store).toEqual({ kind: 'postgres', url });
  },
);

test('Socket Mode needs no signing secret', () => {
  expect(problemsOf({ SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: 'xapp-1' })).toEqual([]);
});

describe('a wrong setting is one line that names it and repeats no value', () => {
  const VALUE = 'hunter2';
  test.each([
    ['SLACK_BOT_TOKEN', VALUE],
    ['SLACK_BOT_TOKEN', ''],
    ['SLACK_BOT_TOKEN', undefined],
    ['SLACK_SIGNING_SECRET', ''],
    ['SLACK_SIGNING_SECRET', undefined],
    ['SLACK_APP_TOKEN', VALUE],
    ['SLACK_API_URL', VALUE],
    ['SLACK_API_URL', `http://slack.example/${VALUE}`],
    ['PORT', VALUE],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '99999999999999999999'],
    ['IOT_BASE_URL', VALUE],
    ['IOT_BASE_URL', ''],
    ['IOT_BASE_URL', undefined],
    ['IOT_BASE_URL', `ftp://${VALUE}`],
    ['IOT_BASE_URL', `https://user:${VALUE}@iot.example`],
    ['IOT_APP_ID', ' '],
    ['IOT_SECRET', undefined],
    ['IOT_CALLS_PER_MINUTE', '1'],
    ['IOT_CALLS_PER_MINUTE', 'Infinity'],
    ['IOT_TIMEOUT_MS', '0'],
    ['POLL_SCHEDULE', VALUE],
    ['POLL_SCHEDULE', '61 * * * *'],
    ['POLL_SCHEDULE', '0 0 31 2 *'],
    ['SWEEP_SCHEDULE', '* *'],
    ['ALERT_CHANNEL', `#${VALUE}`],
    ['FAILING_PERCENT', '101'],
    ['FAILING_MIN_DEVICES', '0'],
    ['STALLED_AFTER', '0s'],
    ['STALLED_AFTER', '6 hours'],
    ['DATABASE_URL', `mysql://user:${VALUE}@db`],
    ['DATABASE_URL', `postgres://user:${VALUE}@db`],
    ['DATABASE_URL', `postgres:${VALUE}`],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'upgrades.db'],
    ['LOG_LEVEL', VALUE],
    ['IOT_CA_FILE', `/nowhere/${VALUE}`],
  ])('%s=%s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).not.toContain(VALUE);
    expect(problems[0]).not.toContain('\n');
  });

  test('everything that is wrong is said at once, each with advice, in one line a setting', () => {
    const result = loadConfig({ PORT: 'x', SLACK_APP_TOKEN: '' });
    const problems = result.ok ? [] : result.problems;
    const names = [
      'SLACK_BOT_TOKEN',
      'PORT',
      'IOT_BASE_URL',
      'IOT_APP_ID',
      'IOT_SECRET',
      'SLACK_SIGNING_SECRET',
    ];
    expect(problems.map((line) => line.split(' ')[0]).toSorted()).toEqual(names.toSorted());
    for (const line of problems) expect(line).toMatch(/: |must/);
  });

  test('no secret is ever repeated beside another mistake', () => {
    const lines = problemsOf({
      PORT: 'x',
      SLACK_APP_TOKEN: 'secret-4',
      IOT_KEY_PASSPHRASE: 'secret-5',
    }).join();
    expect(lines).not.toContain('secret-');
  });
});

describe('plain http', () => {
  test.each([
    'http://localhost:1',
    'http://127.0.0.1:8743',
    'http://127.9.9.9',
    'http://[::1]:80',
    'HTTP://LOCALHOST',
    'http://127.1',
  ])('is for loopback addresses: %s', (url) => {
    expect(problemsOf({ IOT_BASE_URL: url })).toEqual([]);
  });

  test.each([
    'http://iot.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'http://[::2]',
    'http://0.0.0.0',
  ])('is refused elsewhere: %s', (url) => {
    expect(problemsOf({ IOT_BASE_URL: url })).toEqual([expect.stringMatching(/^IOT_BASE_URL .*loopback/)]);
  });
});

describe('who may use the bot', () => {
  test.each([
    ['ALLOWED_CHANNELS', '#iot-ops', /must be ids of channels/],
    ['ALLOWED_CHANNELS', 'C0123ABC,D0123ABC', /must be ids of channels/],
    ['ALLOWED_CHANNELS', ',', /must be ids of channels/],
    ['ALLOWED_USERGROUPS', '@night-shift', /must be ids of user groups/],
    ['ALLOWED_USERGROUPS', 'S0123ABC;S0456DEF', /must be ids of user groups/],
    ['ALLOWED_USERGROUPS', 'none', /must be ids of user groups/],
    ['ALLOWED_USERGROUPS_EXTERNAL', 'no', /must be ids of user groups.*or `none`/],
    ['ALLOWED_USERGROUPS_MENTION', 'S0123ABC,none', /must be ids of user groups.*or `none`/],
    ['ALLOWED_USERGROUPS_MENTION', ',', /must be ids of user groups.*or `none`/],
  ])('%s=%s is refused with a sentence', (name, value, sentence) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(sentence)]);
  });

  test('the channel of the alerts has to be one it may be used in', () => {
    const settings = { ALLOWED_CHANNELS: 'C0123ABC', ALERT_CHANNEL: 'C0456DEF' };
    expect(problemsOf(settings)).toEqual([expect.stringMatching(/^ALERT_CHANNEL is not among/)]);
  });
});

describe('files for TLS', () => {
  let folder = '';
  const file = (name: string) => join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
    for (const name of ['ca', 'cert', 'key']) writeFileSync(file(name), name);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('are read', () => {
    const { tls } = configOf({
      IOT_CA_FILE: file('ca'),
      IOT_CERT_FILE: file('cert'),
      IOT_KEY_FILE: file('key'),
    }).platform;
    expect([tls.ca, tls.cert, tls.key].map(String)).toEqual(['ca', 'cert', 'key']);
  });

  test('that are missing or folders are told with their reason', () => {
    expect(problemsOf({ IOT_CA_FILE: file('none') })).toEqual([expect.stringContaining('(ENOENT)')]);
    expect(problemsOf({ IOT_CA_FILE: folder })).toEqual([expect.stringContaining('(EISDIR)')]);
  });

  test.each([
    ['IOT_CERT_FILE', 'cert', 'IOT_KEY_FILE'],
    ['IOT_KEY_FILE', 'key', 'IOT_CERT_FILE'],
  ])('%s alone asks for the other half', (name, path, other) => {
    expect(problemsOf({ [name]: file(path) })).toEqual([expect.stringMatching(`^${other} is missing`)]);
  });
});
