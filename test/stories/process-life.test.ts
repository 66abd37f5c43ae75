import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';

const REAL = { time: 'real' } as const;

describe('the process is stopped', () => {
  story(
    'SIGTERM: it ends with 0, also while the platform hangs',
    async (s) => {
      s.platform.faults.add({ kind: 'hang' }, { times: 'until-cleared' });
      const bot = await s.runAndConnect(alertsTo(s));
      const asked = s.people.command({ user: 'ana', channel: 'iot-ops', text: 'failed' });
      expect((await asked).status).toBe(200);
      bot.kill('SIGTERM');
      const { code, signal } = await bot.ended;
      expect({ code, signal }).toEqual({ code: 0, signal: null });
      // Whoever had asked is answered before the end.
      const answer = await s.told({ kind: 'response', to: 'ana' });
      expect(answer.text).toMatch(/has not answered|given up/);
      expect(bot.log.lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
      expect(bot.stderr()).toBe('');
    },
    REAL,
  );

  story(
    'a second signal ends it at once',
    async (s) => {
      s.workspace.fault({ method: 'chat.postMessage', kind: 'hang' });
      const bot = await s.runAndConnect(alertsTo(s));
      await s.workspace.until((seen) => seen.apiCalls.some(({ method }) => method === 'auth.test'));
      await bot.log.until(({ msg }) => msg === 'cycle', 'that a cycle ended');
      bot.kill('SIGTERM');
      await bot.log.until(({ msg }) => msg === 'stopping', 'stopping');
      bot.kill('SIGTERM');
      const { code, signal } = await bot.ended;
      expect({ code, signal }).toEqual({ code: 1, signal: null });
    },
    REAL,
  );
});

describe('the process does not come to its end', () => {
  story(
    'what it waits for is named when it is cut off, in time for whoever stops it',
    async (s) => {
      const bot = await s.runAndConnect();
      await bot.log.until(({ msg }) => msg === 'cycle', 'that a cycle ended');
      const hang = s.workspace.fault({ method: 'response_url', kind: 'hang' });
      await s.people.command({ user: 'ana', channel: 'iot-ops', text: 'failed' });
      await s.workspace.until(() => hang.remaining === 0, { what: 'that the answer hangs' });
      bot.kill('SIGTERM');
      const { code } = await bot.ended;
      expect(code).toBe(0);
      expect(bot.log.lines.at(-1)).toMatchObject({
        msg: 'the stop took too long; what is unfinished is looked for at the next start',
        hanging: ['work under way'],
      });
      bot.log.expect(/the stop took too long/);
    },
    REAL,
  );
});

describe('the process cannot start', () => {
  story('settings are missing or wrong: a line each, exit 78, no stack', async (s) => {
    const nothing = {
      SLACK_BOT_TOKEN: '',
      SLACK_SIGNING_SECRET: '',
      IOT_BASE_URL: 'http://platform.example:8743',
      IOT_APP_ID: '',
      IOT_SECRET: '',
      PORT: 'http',
      POLL_SCHEDULE: 'often',
      STALLED_AFTER: 'long',
      ALERT_CHANNEL: '#iot-ops',
    };
    const bot = s.run(nothing);
    expect((await bot.ended).code).toBe(78);
    const lines = bot.stderr().trim().split('\n');
    for (const name of Object.keys(nothing)) {
      expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(1);
    }
    expect(lines).toHaveLength(Object.keys(nothing).length);
    expect(bot.stderr()).not.toMatch(/^\s+at /m);
    expect(bot.stdout()).toBe('');
  });

  story('an unknown role: exit 64', async (s) => {
    const bot = s.run({}, ['workr']);
    expect((await bot.ended).code).toBe(64);
    expect(bot.stderr()).toBe('unknown role "workr": use one of all, web, worker, check, migrate\n');
  });

  story('its port is taken: a line, exit 1', async (s) => {
    const port = new URL(s.platform.url).port;
    const bot = s.run({ PORT: port });
    expect((await bot.ended).code).toBe(1);
    expect(bot.stderr()).toContain('PORT is in use by another program');
    expect(bot.stderr()).not.toMatch(/^\s+at /m);
  });
});
