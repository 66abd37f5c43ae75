import { expect, test } from '@jest/globals';
import { within } from '../../../src/slack/workspaces/within.ts';

const never = new Promise<string>(() => undefined);

test('what is there in time comes back', async () => {
  expect(await within(60_000, Promise.resolve('there'))).toBe('there');
});

test('what takes too long, or fails, is nothing', async () => {
  expect(await within(1, never)).toBeNull();
  expect(await within(60_000, Promise.reject(new Error('away')))).toBeNull();
});

test('what fails too late disturbs nobody', async () => {
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  expect(await within(1, late)).toBeNull();
  fail(new Error('away'));
  await expect(late).rejects.toThrow('away');
});
