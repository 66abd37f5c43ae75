import { describe, expect, test } from '@jest/globals';
import { BUDGET_WINDOW } from '../../src/core/call-budget.ts';
import type { CallPriority } from '../../src/core/platform.ts';
import { EMPTY_PAGE, LOGIN_PATH, newestTokenOnly, setUp, THROTTLED } from './set-up.ts';

const settings = { callsPerMinute: 10 };

describe('the budget of calls', () => {
  test('is never exceeded: what does not fit is refused at once, with the moment it would fit', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    const begin = bench.clock.now();
    for (let call = 0; call < 9; call += 1) await bench.ask();
    await expect(bench.ask()).rejects.toMatchObject({
      code: 'call-budget-exhausted',
      repeat: 'wait',
      reason: 'budget-full',
      availableAt: begin + BUDGET_WINDOW,
    });
    expect(bench.received).toHaveLength(10);
    bench.clock.advance(BUDGET_WINDOW);
    await bench.ask();
    expect(bench.received).toHaveLength(11);
  });

  test('polling stops at half, the login it needed included, and people go on asking', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    for (let call = 0; call < 4; call += 1) await bench.ask('poll');
    await expect(bench.ask('poll')).rejects.toMatchObject({ reason: 'polling-half-used' });
    await expect(bench.ask('sweep')).rejects.toMatchObject({ code: 'call-budget-exhausted' });
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('many questions at once do not slip through together', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    const asked = await Promise.allSettled(Array.from({ length: 30 }, () => bench.ask()));
    expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(9);
    expect(bench.received).toHaveLength(10);
  });

  test('a person does not fail because the sweep that asked for the login first had no budget left', async () => {
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(answers.script, { settings });
    for (let call = 0; call < 4; call += 1) await bench.ask('poll');
    answers.loginElsewhere();
    const asked = await Promise.allSettled([bench.ask('sweep'), bench.ask('interactive')]);
    expect(asked.map((one) => one.status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('the throttle answer of the platform', () => {
  test.each<CallPriority>(['interactive', 'poll', 'sweep'])(
    'no %s call is made until the minute is over',
    async (priority) => {
      let throttled = true;
      await using bench = await setUp(newestTokenOnly(() => (throttled ? THROTTLED : EMPTY_PAGE)).script);
      const availableAt = bench.clock.now() + 60_000;
      await expect(bench.ask(priority)).rejects.toMatchObject({
        code: 'platform-throttled',
        repeat: 'wait',
        availableAt,
      });
      throttled = false;
      bench.clock.advance(59_999);
      await expect(bench.ask(priority)).rejects.toMatchObject({ code: 'platform-throttled', availableAt });
      expect(bench.received).toHaveLength(2);
      bench.clock.advance(1);
      await expect(bench.ask(priority)).resolves.toMatchObject({ received: 0 });
    },
  );

  test('to a login has the same effect', async () => {
    await using bench = await setUp((received) => (received.path === LOGIN_PATH ? THROTTLED : EMPTY_PAGE));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-throttled' });
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-throttled' });
    expect(bench.received).toHaveLength(1);
  });
});
