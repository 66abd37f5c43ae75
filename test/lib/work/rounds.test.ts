import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createRounds } from '../../../src/lib/work/rounds.ts';

function setUp(again: readonly boolean[] = []) {
  const stopping = new AbortController();
  const answers = [...again];
  const ends: (() => void)[] = [];
  let begun = 0;
  const rounds = createRounds(async () => {
    begun += 1;
    await new Promise<void>((resolve) => ends.push(resolve));
    return answers.shift() ?? false;
  }, stopping.signal);
  return {
    rounds,
    stopping,
    begun: () => begun,
    /** The round under way ends. */
    async end() {
      ends.shift()?.();
      await turn();
    },
  };
}

describe('rounds', () => {
  test('however often they are asked for while one is under way, one more follows', async () => {
    const { rounds, begun, end } = setUp();
    rounds.ask();
    expect(begun()).toBe(1);
    for (let times = 0; times < 3; times += 1) rounds.ask();
    expect(begun()).toBe(1);
    await end();
    expect(begun()).toBe(2);
    await end();
    expect(begun()).toBe(2);
    rounds.ask();
    expect(begun()).toBe(3);
  });

  test('one that says so is followed by another', async () => {
    const { rounds, begun, end } = setUp([true, false]);
    rounds.ask();
    await end();
    expect(begun()).toBe(2);
    await end();
    expect(begun()).toBe(2);
  });

  test('when stopping none begins any more, and the one under way is waited for', async () => {
    const { rounds, stopping, begun, end } = setUp([true]);
    rounds.ask();
    rounds.ask();
    stopping.abort();
    let over = false;
    const ended = rounds.ended().then(() => {
      over = true;
    });
    await turn();
    expect(over).toBe(false);
    await end();
    await ended;
    rounds.ask();
    expect(begun()).toBe(1);
  });
});
