import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

describe('the platform does not let the bot in', () => {
  story(
    'a wrong secret is told privately, and not tried again and again',
    async (s) => {
      await s.startAnyhow();
      s.log.expect(/cycle failed.*|login-refused/);
      for (let n = 0; n < 5; n += 1) {
        const { text, to } = await s.people.ask('ana', 'failed');
        expect(to).toBe('ana');
        expect(text).toMatch(/refused the login: appId or secret is not right \(100208\)/);
        expect(text).toContain('Check IOT_APP_ID and IOT_SECRET');
      }
      await s.poll();
      await s.poll();
      // One login, and one more for each half minute of the story's fast clock at the most.
      expect(s.platform.callsOf('login').length).toBeLessThanOrEqual(4);
      expect(s.platform.calls.every(({ name }) => name === 'login')).toBe(true);
    },
    { env: { IOT_SECRET: 'not-the-secret' } },
  );

  story(
    'a frozen application is told privately, with who can help',
    async (s) => {
      await s.startAnyhow();
      s.log.expect(/application-frozen/);
      const { text, to } = await s.people.ask('wei', 'failed');
      expect(to).toBe('wei');
      expect(text).toMatch(/frozen this application \(100247\)/);
      expect(text).toContain('Ask the platform operator');
      await s.poll();
      expect((await s.people.ask('wei', 'health')).text).toContain('The last look at the platform failed');
      const { status, body } = await s.page('/readyz');
      expect(status).toBe(503);
      expect(body).toContain('poll: no cycle has succeeded yet');
      expect(s.platform.callsOf('login').length).toBeLessThanOrEqual(3);
    },
    { behaviour: { frozen: true } },
  );

  story('codes of the login: each is told with what to do', async (s) => {
    await s.startAnyhow({}, 'web');
    const codes: readonly (readonly [number, string, RegExp])[] = [
      [400, '102202', /parameter of the login[\s\S]*Check that IOT_APP_ID and IOT_SECRET are complete/],
      [400, '50400', /parameter of the login[\s\S]*Check that IOT_APP_ID and IOT_SECRET are complete/],
      [403, '100208', /refused the login[\s\S]*Check IOT_APP_ID and IOT_SECRET/],
      [400, '100247', /frozen[\s\S]*platform operator/],
      [500, '50252', /failed inside[\s\S]*Ask again later/],
    ];
    for (const [status, code, says] of codes) {
      for (const shape of ['a', 'b'] as const) {
        // A refused login is remembered for half a minute.
        s.clock.advance(31_000);
        s.platform.faults.add({ kind: 'status', status, code, shape }, { call: 'login' });
        const { text, to } = await s.people.ask('ana', 'failed');
        expect(to).toBe('ana');
        expect(text).toMatch(says);
      }
    }
    expect(s.platform.callsOf('login')).toHaveLength(10);
  });

  story('a token that died is replaced by one login, and nobody notifications', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const logins = () => s.platform.callsOf('login').length;
    const before = logins();
    s.platform.logInElsewhere();
    expect((await s.people.ask('ana', 'failed')).text).toContain('live');
    expect(logins() - before).toBe(1);
    s.platform.behaviour.errorShape = 'a';
    s.platform.forgetTokens();
    expect((await s.people.ask('ana', 'failed')).text).toContain('live');
    expect(logins() - before).toBe(2);
  });

  story('another program fights for the token: it is named, and the bot stops fighting', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    s.platform.behaviour.anotherProgram = 'fighting';
    const before = s.platform.calls.length;
    let { text } = await s.people.ask('ana', 'failed');
    expect(text).toContain('does not accept the access token');
    text = (await s.people.ask('ana', 'failed')).text;
    expect(text).toContain('Another program logs in with this appId');
    expect(text).toContain('dedicated appId');
    expect(text).toContain('op-1');
    expect(s.platform.calls.length - before).toBeLessThanOrEqual(8);
    s.platform.behaviour.anotherProgram = 'away';
  });
});
