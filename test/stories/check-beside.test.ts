import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import type { Environment } from './harness/running-bot.ts';
import { type Story, story } from './harness/story.ts';

/** In real time: the program's own clock is compared with the platform's. */
const inRealTime = (name: string, tell: (s: Story) => Promise<void>) => story(name, tell, { time: 'real' });

/** Runs `check` as a process of its own; returns its lines and its exit code. */
async function check(s: Story, more: Environment = {}) {
  const bot = s.run(more, ['check']);
  const { code } = await bot.ended;
  bot.log.expect(/ok {4}/);
  bot.log.expect(/FAILED|ok {4}/);
  return { code, lines: bot.stdout().trim().split('\n') };
}

describe('check beside a running bot', () => {
  inRealTime('uses its token and counts in its budget, so that the bot loses nothing', async (s) => {
    await s.start();
    const logins = () => s.platform.callsOf('login').length;
    expect(logins()).toBe(1);
    const { code, lines } = await check(s);
    expect(code).toBe(0);
    expect(lines).toContainEqual(expect.stringMatching(/^ok {5}store: .* is in use by a running bot$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^ok {5}platform: .* accepts the stored token, .* old,/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^ok {5}schedule: next poll 20.* UTC, then after 1 d; next sweep 20/),
    );
    expect(logins()).toBe(1);
    expect((await s.people.ask('ana', 'failed')).text).toContain('live');
    expect(logins()).toBe(1);
    const page = (await s.page('/metrics')).body;
    const left = Number(/^upgrades_budget_left (\d+)$/m.exec(page)?.[1]);
    expect(left).toBe(100 - s.platform.calls.length);
  });

  inRealTime(
    'an early death of the token is mended as the bot would, and the bot goes on with the new one',
    async (s) => {
      await s.start();
      s.platform.logInElsewhere();
      const { code, lines } = await check(s);
      expect(code).toBe(0);
      expect(lines).toContainEqual(expect.stringMatching(/^ok {5}platform: logged in at/));
      expect((await s.people.ask('ana', 'failed')).text).toContain('live');
      expect(s.platform.callsOf('login')).toHaveLength(2);
    },
  );
});

describe('check judges the budget', () => {
  inRealTime('by the schedule and by how many tasks are active now, before any bot has run', async (s) => {
    for (let task = 0; task < 1_100; task += 1)
      s.fleet.addTask({ status: task < 900 ? 'processing' : 'wait' });
    const dense = { POLL_SCHEDULE: '*/5 * * * * *' };
    const { code, lines } = await check(s, dense);
    expect(code).toBe(0);
    expect(lines.filter((line) => line.includes('budget:'))).toEqual([
      expect.stringMatching(
        /^ok {5}budget: POLL_SCHEDULE asks for 12 looks a minute at 16 platform calls each, .* only every 12 s\. Set /,
      ),
      expect.stringMatching(
        /^ok {5}budget: .* none are left for sweeps: .* Set POLL_SCHEDULE to look less often/,
      ),
    ]);
    expect((await check(s)).lines.filter((line) => line.includes('budget:'))).toEqual([]);
  });

  inRealTime(
    'by the tasks that the bot remembers where the platform does not say how many there are',
    async (s) => {
      for (let task = 0; task < 350; task += 1) s.fleet.addTask({ status: 'processing' });
      Object.assign(s.platform.behaviour, { total: 'absent' });
      await s.start();
      const { lines } = await check(s, { POLL_SCHEDULE: '*/5 * * * * *' });
      expect(lines).toContainEqual(expect.stringMatching(/12 looks a minute at 8 platform calls each/));
    },
  );
});

describe('check looks at the channel of ALERT_CHANNEL', () => {
  inRealTime('it is open to the bot', async (s) => {
    const { code, lines } = await check(s, alertsTo(s));
    expect(code).toBe(0);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ok {5}ALERT_CHANNEL: notices can be posted in #iot-ops/),
    );
  });

  inRealTime('the bot is not in it, it is archived, it does not exist', async (s) => {
    s.workspace.changeChannel('iot-ops', { botIsMember: false });
    const outside = await check(s, alertsTo(s));
    expect(outside.code).toBe(1);
    expect(outside.lines).toContainEqual(
      expect.stringMatching(/^FAILED ALERT_CHANNEL: I am not in #iot-ops .*\/invite/),
    );
    s.workspace.changeChannel('iot-ops', { botIsMember: true, archived: true });
    expect((await check(s, alertsTo(s))).lines).toContainEqual(
      expect.stringMatching(/^FAILED ALERT_CHANNEL: #iot-ops .* is archived/),
    );
    expect((await check(s, { ALERT_CHANNEL: 'C0NOWHERE' })).lines).toContainEqual(
      expect.stringMatching(/^FAILED ALERT_CHANNEL: there is no C0NOWHERE/),
    );
  });

  inRealTime('without the scopes it says what could not be seen', async (s) => {
    s.workspace.withholdScopes(['channels:read', 'groups:read']);
    const { code, lines } = await check(s, alertsTo(s));
    expect(code).toBe(0);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ok {5}ALERT_CHANNEL: .* could not be looked at: .*channels:read/),
    );
  });
});

describe('check tries the tokens of Slack', () => {
  inRealTime('an app token that is none, and one in the other’s place', async (s) => {
    const socket = { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1-of-somebody-else' };
    const wrong = await check(s, socket);
    expect(wrong.code).toBe(1);
    expect(wrong.lines).toContainEqual(
      expect.stringMatching(
        /^FAILED slack: SLACK_APP_TOKEN: Slack refuses it \(invalid_auth\)\. Copy it again/,
      ),
    );
    const right = await check(s, { ...socket, SLACK_APP_TOKEN: s.workspace.appToken });
    expect(right.lines).toContainEqual(expect.stringMatching(/^ok {5}slack: the app token opens a socket/));
  });
});
