import { describe, expect, test } from '@jest/globals';
import { BUDGET_WINDOW } from '../../src/platform/budget/call-budget.ts';
import type { Caller } from '../../src/platform/port.ts';
import { EMPTY_PAGE, LOGIN_PATH, NOBODY, newestTokenOnly, POLL, SWEEP, setUp, THROTTLED } from './set-up.ts';

const settings = { callsPerMinute: 10 };

describe('the budget of calls', () => {
  test('is never exceeded: what does not fit is refused at once, with the moment it would fit', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    const begin = bench.clock.now();
    for (let call = 0; call < 8; call += 1) await bench.ask();
    await expect(bench.ask()).rejects.toMatchObject({
      code: 'call-budget-exhausted',
      message: expect.stringMatching(/kept for watching the tasks \(10 a minute\)/),
      repeat: 'wait',
      reason: 'kept-for-watching',
      availableAt: begin + BUDGET_WINDOW,
    });
    await bench.ask({ priority: 'new-failure' });
    await expect(bench.ask()).rejects.toMatchObject({ reason: 'budget-full' });
    expect(bench.received).toHaveLength(10);
    bench.clock.advance(BUDGET_WINDOW);
    await bench.ask();
    expect(bench.received).toHaveLength(11);
  });

  test('polling leaves something to people, the login it needed included', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    for (let call = 0; call < 7; call += 1) await bench.ask(POLL);
    await expect(bench.ask(POLL)).rejects.toMatchObject({ reason: 'kept-for-others' });
    await expect(bench.ask(SWEEP)).rejects.toMatchObject({ code: 'call-budget-exhausted' });
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('one person is refused when others are still answered', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    const [ana, wei] = ['ana', 'wei'].map((person) => ({ priority: 'interactive' as const, person }));
    // A login is made for whoever needs it.
    for (let call = 0; call < 3; call += 1) await bench.ask(ana);
    await expect(bench.ask(ana)).rejects.toMatchObject({ reason: 'person-share-used' });
    await expect(bench.ask(wei)).resolves.toMatchObject({ received: 0 });
  });

  test('many questions at once do not slip through together', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script, { settings });
    const asked = await Promise.allSettled(Array.from({ length: 30 }, () => bench.ask()));
    expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(8);
    expect(bench.received).toHaveLength(9);
  });

  test('a person does not fail because the sweep that asked for the login first had no budget left', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    await bench.ledger.reserve({ cycleCalls: 100, cyclesPerMinute: 1, calls: 100, active: 9_500 });
    const asked = await Promise.allSettled([bench.ask(SWEEP), bench.ask(NOBODY)]);
    expect(asked.map((one) => one.status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('the throttle answer of the platform', () => {
  test.each<Caller>([NOBODY, POLL, { priority: 'new-failure' }, SWEEP])(
    'no $priority call is made until the minute is over',
    async (caller) => {
      let throttled = true;
      await using bench = await setUp(newestTokenOnly(() => (throttled ? THROTTLED : EMPTY_PAGE)).script);
      const availableAt = bench.clock.now() + 60_000;
      await expect(bench.ask(caller)).rejects.toMatchObject({
        code: 'platform-throttled',
        repeat: 'wait',
        availableAt,
      });
      throttled = false;
      bench.clock.advance(59_999);
      await expect(bench.ask(caller)).rejects.toMatchObject({ code: 'platform-throttled', availableAt });
      expect(bench.received).toHaveLength(2);
      bench.clock.advance(1);
      await expect(bench.ask(caller)).resolves.toMatchObject({ received: 0 });
    },
  );

  test('to a login has the same effect', async () => {
    await using bench = await setUp((received) => (received.path === LOGIN_PATH ? THROTTLED : EMPTY_PAGE));
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-throttled' });
    await expect(bench.ask()).rejects.toMatchObject({ code: 'platform-throttled' });
    expect(bench.received).toHaveLength(1);
  });
});
