import { expect, test } from '@jest/globals';
import { createSoleLeases } from '../../../src/store/engine/lease-keeper.ts';

test('a process alone on its store holds whatever it asks for', async () => {
  const alone = createSoleLeases();
  expect(alone.shared).toBe(false);
  expect(await alone.claim(['watch', 'lane:C1'])).toEqual(['watch', 'lane:C1']);
  expect(alone.holds('watch')).toBe(true);
});

test('work of one name is done one after the other within a process, and one that fails holds up nobody', async () => {
  const { exclusively } = createSoleLeases();
  const steps: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    steps.push(`${name} begins`);
    await Promise.resolve();
    steps.push(`${name} ends`);
    if (fails) throw new Error(name);
  };
  const [first, second] = await Promise.allSettled([
    exclusively('login', work('first', true)),
    exclusively('login', work('second', false)),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});
