import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect } from '@jest/globals';
import { loadConfig } from '../../src/config/config.ts';
import { checkAll } from '../../src/ops/check-all.ts';
import { createLog } from '../../src/ops/log.ts';
import { type Certificate, issue, makeAuthority } from '../platform/certificates.ts';
import type { Environment } from './harness/running-bot.ts';
import { type Story, type StorySettings, story } from './harness/story.ts';

const HERE = '127.0.0.1';
const MINUTES = 10;
/** What the bot may try in those minutes: a cycle each, with a login, and the sweep's own tries. */
const MOST_CALLS = 8 * MINUTES;

let authority: Certificate;
let other: Certificate;
let good: Certificate;
let expired: Certificate;
let forAnotherName: Certificate;
let stranger: Certificate;

beforeAll(async () => {
  authority = await makeAuthority('Private authority');
  other = await makeAuthority('Another authority');
  good = await issue(authority, HERE);
  expired = await issue(authority, HERE, { from: '2020-01-01', until: '2021-01-01' });
  forAnotherName = await issue(authority, 'iot.platform.example');
  stranger = await issue(other, 'bot');
});

interface BadInput extends StorySettings {
  readonly what: string;
  readonly code: string;
  /** What has happened and what to do, in `check` and in the log. */
  readonly says: RegExp;
  readonly prepare?: (s: Story) => Promise<Environment> | Environment;
}

/** Puts PEM into files and names them as settings do. */
async function files(s: Story, contents: Readonly<Record<string, string>>): Promise<Environment> {
  const named = Object.entries(contents).map(async ([name, pem]) => {
    const path = join(s.folder, `${name}.pem`);
    await writeFile(path, pem);
    return [name, path] as const;
  });
  return Object.fromEntries(await Promise.all(named));
}

async function portNobodyHas(): Promise<number> {
  const server = createServer().listen(0, HERE);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const trusting = (s: Story) => files(s, { IOT_CA_FILE: authority.cert });
const demanding = () => ({ ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true });

const BAD_INPUTS: readonly BadInput[] = [
  {
    what: 'nothing listens there',
    code: 'platform-unreachable',
    says: /nothing accepts connections there.*Check host and port in IOT_BASE_URL/,
    prepare: async () => ({ IOT_BASE_URL: `http://${HERE}:${await portNobodyHas()}` }),
  },
  {
    what: 'the port is one that no client may call',
    code: 'platform-unreachable',
    says: /its port belongs to another protocol.*Check the port in IOT_BASE_URL/,
    prepare: () => ({ IOT_BASE_URL: `http://${HERE}:6000` }),
  },
  {
    what: 'the host name is unknown',
    code: 'platform-unreachable',
    says: /host name is not known.*DNS of this machine/,
    prepare: () => ({ IOT_BASE_URL: 'https://no-such-host.invalid:8743' }),
  },
  {
    what: 'the certificate of the platform has expired',
    code: 'tls-expired',
    says: /has expired.*Tell the platform operator to renew it/,
    tls: () => expired,
    prepare: trusting,
  },
  {
    what: 'the authority is the wrong one',
    code: 'tls-unknown-authority',
    says: /an authority this machine does not know.*IOT_CA_FILE/,
    tls: () => good,
    prepare: (s) => files(s, { IOT_CA_FILE: other.cert }),
  },
  {
    what: 'the certificate is for another name',
    code: 'tls-wrong-name',
    says: /made for another host name.*IOT_SERVER_NAME/,
    tls: () => forAnotherName,
    prepare: trusting,
  },
  {
    what: 'a client certificate is demanded and none is set',
    code: 'tls-client-certificate-required',
    says: /demands a client certificate and none is set.*IOT_CERT_FILE/,
    tls: demanding,
    prepare: trusting,
  },
  {
    what: 'the client certificate is refused',
    code: 'tls-client-certificate-rejected',
    says: /does not accept the client certificate.*IOT_CERT_FILE/,
    tls: demanding,
    prepare: (s) =>
      files(s, { IOT_CA_FILE: authority.cert, IOT_CERT_FILE: stranger.cert, IOT_KEY_FILE: stranger.key }),
  },
  {
    what: 'a web server answers on that port',
    code: 'unreadable-answer',
    says: /a web page, not data.*IOT_BASE_URL/,
    prepare: (s) => {
      s.platform.faults.add({ kind: 'html' }, { times: 'until-cleared' });
      return {};
    },
  },
  {
    what: 'https is asked of a port without TLS',
    code: 'tls-not-tls',
    says: /does not speak TLS on this port.*Check the port in IOT_BASE_URL/,
    prepare: (s) => ({ IOT_BASE_URL: s.platform.url.replace('http:', 'https:') }),
  },
  {
    what: 'http is asked of a port with TLS',
    code: 'platform-unreachable',
    says: /broke off.*whether IOT_BASE_URL should begin with https/,
    tls: () => good,
    prepare: (s) => ({ IOT_BASE_URL: s.platform.url.replace('https:', 'http:') }),
  },
  {
    what: 'the secret is wrong',
    code: 'login-refused',
    says: /appId or secret is not right.*Check IOT_APP_ID and IOT_SECRET/,
    prepare: () => ({ IOT_SECRET: 'not-the-secret' }),
  },
  {
    what: 'the application is unknown',
    code: 'login-refused',
    says: /appId or secret is not right.*Check IOT_APP_ID and IOT_SECRET/,
    prepare: () => ({ IOT_APP_ID: 'not-the-application' }),
  },
  {
    what: 'the application is frozen',
    code: 'application-frozen',
    says: /has frozen this application \(100247\).*unfreeze/,
    behaviour: { frozen: true },
  },
  {
    what: 'the application may not see the tasks',
    code: 'application-not-authorized',
    says: /may not see what was asked for.*authorize this application/,
    prepare: (s) => {
      const refusal = { kind: 'status', status: 403, code: '100217' } as const;
      s.platform.faults.add(refusal, { call: 'listTasks', times: 'until-cleared' });
      return {};
    },
  },
  {
    what: 'another program logs in with the same appId',
    code: 'token-fight',
    says: /Another program logs in with this appId.*dedicated appId/,
    behaviour: { anotherProgram: 'fighting' },
  },
  {
    what: 'the platform throttles',
    code: 'platform-throttled',
    says: /refuses further calls.*1010009.*Wait for the next minute/,
    prepare: (s) => {
      const refusal = { kind: 'status', status: 403, code: '1010009' } as const;
      s.platform.faults.add(refusal, { call: 'listTasks', times: 'until-cleared' });
      return {};
    },
  },
];

async function checked(s: Story, environment: Environment): Promise<readonly string[]> {
  const loaded = loadConfig(s.env({ ...environment, DATABASE_URL: `sqlite:${join(s.folder, 'check.db')}` }));
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const lines = await checkAll(loaded.config, createLog('silent'));
  return lines.filter(({ ok }) => !ok).map(({ text }) => text);
}

describe('what is set wrongly has a sentence in the check and in the log, and is not tried without end', () => {
  for (const { what, code, says, prepare, ...settings } of BAD_INPUTS) {
    story(
      what,
      async (s) => {
        const environment = (await prepare?.(s)) ?? {};
        // The check's own clock is the machine's, the platform's here is the story's: that they part is another story.
        const lines = (await checked(s, environment)).filter((line) => !line.startsWith('clock:'));
        expect(lines).toEqual([expect.stringMatching(says)]);

        await s.startAnyhow(environment);
        s.log.expect(/cycle failed/);
        for (let minute = 0; minute < MINUTES; minute += 1) {
          await s.poll();
          s.clock.advance(60_000);
        }
        const failed = s.log.lines.filter(({ msg }) => msg.startsWith('cycle failed'));
        expect(failed.length).toBeGreaterThanOrEqual(MINUTES);
        const last = failed.at(-1);
        expect(last).toMatchObject({
          code,
          outcome: 'failed',
          correlation: expect.stringMatching(/^[\da-f]{8}$/),
        });
        expect(`${last?.problem} ${last?.advice}`).toMatch(says);
        const tried = s.log.lines.filter(({ msg }) => msg === 'platform call').length;
        expect(tried).toBeLessThanOrEqual(MOST_CALLS);
      },
      settings,
    );
  }

  story(
    'the clock is far off: said once, and the watch goes on',
    async (s) => {
      expect(await checked(s, {})).toEqual([
        expect.stringMatching(
          /^clock: The clock of this machine is \d+ min( \d+ s)? behind the platform’s.*NTP/,
        ),
      ]);
      await s.start();
      for (let minute = 0; minute < MINUTES; minute += 1) {
        s.clock.advance(60_000);
        expect((await s.poll()).outcome).toBe('good');
      }
      const said = s.log.lines.filter(({ code }) => code === 'clock-off');
      expect(said).toEqual([expect.objectContaining({ level: 'warn', other: 'platform' })]);
      expect(said[0]?.advice).toContain('NTP');
      s.platform.behaviour.dateAheadSeconds = 0;
      await s.poll();
      expect(s.log.lines.filter(({ msg }) => msg === 'the clocks agree again')).toHaveLength(1);
    },
    { behaviour: { dateAheadSeconds: 600 } },
  );

  story('a process that only answers people says it as well, once', async (s) => {
    await s.startAnyhow({ IOT_SECRET: 'not-the-secret' }, 'web');
    await s.people.ask('ana', 'failed');
    await s.people.ask('ana', 'failed');
    const said = s.log.lines.filter(({ msg }) => msg === 'the platform does not answer as it should');
    expect(said).toEqual([expect.objectContaining({ level: 'warn', code: 'login-refused' })]);
    expect(said[0]?.advice).toContain('Check IOT_APP_ID and IOT_SECRET');
  });
});
