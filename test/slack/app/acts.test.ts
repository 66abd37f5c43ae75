import { describe, expect, test } from '@jest/globals';
import { createActs, SAME_PRESS } from '../../../src/slack/app/acts.ts';
import type { Act } from '../../../src/slack/app/read-act.ts';

const MINUTE = 60_000;

/** Several processes on one store, all with this clock. */
function processes(count: number, takeOnFails = false) {
  let at = 1_700_000_000_000;
  const taken = new Map<string, number>();
  const troubles: unknown[] = [];
  const all = Array.from({ length: count }, () =>
    createActs({
      now: () => at,
      async takeOn(key, milliseconds) {
        if (takeOnFails) throw new Error('the store is away');
        const before = taken.get(key);
        if (before !== undefined && Math.abs(at - before) < milliseconds) return false;
        taken.set(key, at);
        return true;
      },
      onTrouble: (error) => troubles.push(error),
    }),
  );
  return { all, troubles, advance: (milliseconds: number) => (at += milliseconds) };
}

function one() {
  const { all, ...rest } = processes(1);
  const [acts] = all;
  if (acts === undefined) throw new Error('no process');
  return { acts, ...rest };
}

let deliveries = 0;
function act(key: string, more: Partial<Act> = {}): Act {
  deliveries += 1;
  return { key, delivery: `d${deliveries}`, settles: false, ...more };
}

describe('what only shows something', () => {
  test('is the same while it is not answered, and may be asked anew at once after that', async () => {
    const { acts } = one();
    const end = await acts.begin(act('refresh'));
    expect(await acts.begin(act('refresh'))).toBeNull();
    end?.();
    expect(await acts.begin(act('refresh'))).not.toBeNull();
  });

  test('does not hinder anything else', async () => {
    const { acts } = one();
    await acts.begin(act('refresh'));
    expect(await acts.begin(act('next'))).not.toBeNull();
  });

  test('that never ends keeps nobody from trying again for long', async () => {
    const { acts, advance } = one();
    await acts.begin(act('refresh'));
    advance(MINUTE);
    expect(await acts.begin(act('refresh'))).not.toBeNull();
  });
});

describe('what changes something or posts for others', () => {
  test('is the same for a moment, also once it is answered', async () => {
    const { acts, advance } = one();
    (await acts.begin(act('reasons', { settles: true })))?.();
    advance(SAME_PRESS - 1);
    expect(await acts.begin(act('reasons', { settles: true }))).toBeNull();
    advance(1);
    expect(await acts.begin(act('reasons', { settles: true }))).not.toBeNull();
  });

  test('is done by one of the processes on a store', async () => {
    const { all, advance } = processes(3);
    const begin = () => Promise.all(all.map((acts) => acts.begin(act('reasons', { settles: true }))));
    expect((await begin()).filter((end) => end !== null)).toHaveLength(1);
    advance(SAME_PRESS);
    expect((await begin()).filter((end) => end !== null)).toHaveLength(1);
  });

  test('is done all the same where the store cannot be asked', async () => {
    const { all, troubles } = processes(1, true);
    expect(await all[0]?.begin(act('reasons', { settles: true }))).not.toBeNull();
    expect(troubles).toHaveLength(1);
  });
});

test('another delivery of one act is the same, however late', async () => {
  const { acts, advance } = one();
  (await acts.begin(act('failed', { delivery: 'trigger' })))?.();
  advance(5 * MINUTE);
  expect(await acts.begin(act('failed', { delivery: 'trigger' }))).toBeNull();
  expect(await acts.begin(act('failed', { delivery: 'another' }))).not.toBeNull();
});

test('a clock that is set back keeps nobody waiting', async () => {
  const { acts, advance } = one();
  await acts.begin(act('reasons', { settles: true }));
  advance(-60 * MINUTE);
  expect(await acts.begin(act('reasons', { settles: true }))).not.toBeNull();
});
