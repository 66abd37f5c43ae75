import { describe, expect, test } from '@jest/globals';
import { createMemoryTokenStore } from '../../../src/platform/oceanconnect/token-store.ts';
import type { Answer } from '../scripted-server.ts';
import { EMPTY_PAGE, INVALID_TOKEN, LOGIN_PATH, newestTokenOnly, setUp } from '../set-up.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('a token in quiet times', () => {
  test('one login serves many calls, and many callers at once', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await Promise.all(Array.from({ length: 20 }, () => bench.ask()));
    await bench.ask();
    expect(answers.logins()).toBe(1);
  });

  test.each([3600, '3600', null, 'soon'])(
    'with a life of %j it is renewed at 85 %% of the hour and not before',
    async (expiresIn) => {
      const answers = newestTokenOnly(() => EMPTY_PAGE, expiresIn);
      await using bench = await setUp(answers.script);
      await bench.ask();
      bench.clock.advance(3060 * SECOND - 1);
      await bench.ask();
      expect(answers.logins()).toBe(1);
      bench.clock.advance(1);
      await bench.ask();
      expect(answers.logins()).toBe(2);
    },
  );

  test('a call that meets the renewal on its way is repeated with the newer token, and no death is counted', async () => {
    const slow = Promise.withResolvers<Answer>();
    const asked = Promise.withResolvers<void>();
    let calls = 0;
    const answers = newestTokenOnly(() => {
      calls += 1;
      if (calls > 1) return EMPTY_PAGE;
      asked.resolve();
      return slow.promise;
    });
    await using bench = await setUp(answers.script);
    const first = bench.ask();
    await asked.promise;
    bench.clock.advance(3060 * SECOND);
    await bench.ask();
    slow.resolve(INVALID_TOKEN);
    await expect(first).resolves.toMatchObject({ received: 0 });
    expect(answers.logins()).toBe(2);
  });
});

describe('a clock that is set', () => {
  test.each([
    ['back by a day', -86_400 * SECOND],
    ['back by an hour', -3_600 * SECOND],
    ['forward by eight hours', 8 * 3_600 * SECOND],
    ['forward by thirty days', 30 * 86_400 * SECOND],
  ])('%s: its age is unknown, so it is renewed once', async (_name, step) => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    bench.clock.advance(step);
    await bench.ask();
    await bench.ask();
    expect(answers.logins()).toBe(2);
  });

  test('back: deaths that it dates ahead are no fight with another program', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    for (let death = 0; death < 2; death += 1) {
      await bench.ask();
      answers.loginElsewhere();
    }
    await bench.ask();
    bench.clock.advance(-3_600 * SECOND);
    await bench.ask();
    answers.loginElsewhere();
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('back: a login that was refused is tried again', async () => {
    let refused = 0;
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp((request) => {
      if (request.path !== LOGIN_PATH || refused > 0) return answers.script(request);
      refused += 1;
      return { status: 401, body: '{"error_code":"100208","error_desc":"AppId or secret is not right."}' };
    });
    await expect(bench.ask()).rejects.toThrow();
    bench.clock.advance(-86_400 * SECOND);
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });
});

describe('a token that stops working', () => {
  test('a token that dies early is renewed once and the call repeated', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    answers.loginElsewhere();
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
    expect(bench.events.map((event) => `${event.call} ${event.outcome}`)).toEqual([
      'login ok',
      'listTasks ok',
      'listTasks token-refused',
      'login ok',
      'listTasks ok',
    ]);
  });

  test('many calls at once that meet its death share one login', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    answers.loginElsewhere();
    await Promise.all(Array.from({ length: 10 }, () => bench.ask()));
    expect(answers.logins()).toBe(2);
  });

  test('a second refusal after the login is the end of the call', async () => {
    await using bench = await setUp((received) =>
      received.path === LOGIN_PATH ? { json: { accessToken: 'at' } } : INVALID_TOKEN,
    );
    await expect(bench.ask()).rejects.toMatchObject({ code: 'token-refused', repeat: 'refused' });
    expect(bench.received).toHaveLength(4);
  });

  test('three early deaths within ten minutes are named as another program with the same appId', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    for (let death = 1; death <= 2; death += 1) {
      bench.clock.advance(4 * MINUTE);
      answers.loginElsewhere();
      await bench.ask();
    }
    bench.clock.advance(MINUTE);
    answers.loginElsewhere();
    await expect(bench.ask()).rejects.toMatchObject({
      code: 'token-fight',
      message: expect.stringContaining('Another program logs in with this appId'),
      advice: expect.stringContaining('dedicated appId'),
    });
    expect(answers.logins()).toBe(3);
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('three early deaths spread over more than ten minutes are not', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    for (let death = 1; death <= 4; death += 1) {
      bench.clock.advance(6 * MINUTE);
      answers.loginElsewhere();
      await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
    }
  });

  test('one death met by many calls counts once', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    for (let death = 1; death <= 2; death += 1) {
      answers.loginElsewhere();
      await Promise.all(Array.from({ length: 5 }, () => bench.ask()));
    }
    expect(answers.logins()).toBe(3);
  });
});

describe('a token shared through its store', () => {
  test('a second process uses it without a login', async () => {
    const tokenStore = createMemoryTokenStore();
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script, { tokenStore });
    await bench.ask();
    await bench.another({ tokenStore }).listTasks({ pageNo: 0, pageSize: 10 }, { priority: 'poll' });
    expect(answers.logins()).toBe(1);
  });

  test('what one process renewed, the other picks up after a refusal instead of logging in', async () => {
    const tokenStore = createMemoryTokenStore();
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script, { tokenStore });
    await bench.ask();
    for (let renewal = 1; renewal <= 5; renewal += 1) {
      await bench.another({ tokenStore }).checkLogin();
      await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
    }
    expect(answers.logins()).toBe(6);
  });

  test('a token of another appId in the store is not used', async () => {
    const tokenStore = createMemoryTokenStore();
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script, { tokenStore });
    await bench.ask();
    const other = bench.another({ tokenStore, settings: { appId: 'another-app' } });
    await other.listTasks({ pageNo: 0, pageSize: 10 }, { priority: 'poll' });
    expect(answers.logins()).toBe(2);
  });

  test('logins run under the lock of a store that has one', async () => {
    const steps: string[] = [];
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    const tokenStore = {
      ...createMemoryTokenStore(),
      async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
        steps.push('locked');
        const result = await work();
        steps.push('unlocked');
        return result;
      },
    };
    await using bench = await setUp(
      (received) => {
        if (received.path === LOGIN_PATH) steps.push('login');
        return answers.script(received);
      },
      { tokenStore },
    );
    await bench.ask();
    await bench.ask();
    expect(steps).toEqual(['locked', 'login', 'unlocked']);
  });
});

describe('a login that fails', () => {
  const refusals: [string, Answer][] = [
    [
      'login-refused',
      { status: 401, json: { error_code: '100208', error_desc: 'AppId or secret is not right.' } },
    ],
    ['application-frozen', { status: 400, json: { error_code: '100247' } }],
  ];

  test.each(refusals)('%s: remembered for 30 s, then tried again', async (code, answer) => {
    await using bench = await setUp(() => answer);
    await expect(bench.ask()).rejects.toMatchObject({ code, repeat: 'refused' });
    bench.clock.advance(30 * SECOND - 1);
    await expect(bench.ask()).rejects.toMatchObject({ code });
    expect(bench.received).toHaveLength(1);
    bench.clock.advance(1);
    await expect(bench.ask()).rejects.toMatchObject({ code });
    expect(bench.received).toHaveLength(2);
  });

  test('because of the network, it surfaces as it is and is tried again at the next call', async () => {
    let down = true;
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp((received) => (down ? { fault: 'reset' } : answers.script(received)));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-unreachable' });
    down = false;
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('fails for all who waited for it, by one call', async () => {
    await using bench = await setUp(() => ({ status: 500, text: 'oops' }));
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => bench.ask()));
    expect(asked.every((one) => one.status === 'rejected')).toBe(true);
    expect(bench.received).toHaveLength(1);
  });

  test('without a token in its answer is an unreadable answer', async () => {
    await using bench = await setUp(() => ({ json: { expiresIn: 3600 } }));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'unreadable-answer' });
  });

  test('checking the login logs in although a good token is there', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script);
    await bench.ask();
    await bench.platform.checkLogin();
    await bench.ask();
    expect(answers.logins()).toBe(2);
  });
});
