import { expect, test } from '@jest/globals';
import { createKeptAnswers } from '../../src/lib/kept-answers.ts';

/** A source that counts how often it is asked. */
function counting() {
  let asked = 0;
  return {
    ask: async () => {
      asked += 1;
      return asked;
    },
  };
}

test('an answer is kept for its time, then asked for again', async () => {
  let now = 0;
  const kept = createKeptAnswers<number>(1_000, () => now);
  const { ask } = counting();
  expect(await kept.get('a', ask)).toBe(1);
  now = 999;
  expect(await kept.get('a', ask)).toBe(1);
  now = 1_000;
  expect(await kept.get('a', ask)).toBe(2);
});

test('an answer is not kept for days where the clock is set back', async () => {
  let now = 86_400_000;
  const kept = createKeptAnswers<number>(1_000, () => now);
  const { ask } = counting();
  await kept.get('a', ask);
  now = 0;
  expect(await kept.get('a', ask)).toBe(2);
  expect(await kept.get('a', ask)).toBe(2);
});

test('several who ask at once share one asking, each key its own', async () => {
  const kept = createKeptAnswers<number>(1_000, () => 0);
  const { ask } = counting();
  expect(await Promise.all([kept.get('a', ask), kept.get('a', ask), kept.get('b', ask)])).toEqual([1, 1, 2]);
});

test('a failure reaches everybody who waits and is not kept', async () => {
  const kept = createKeptAnswers<number>(1_000, () => 0);
  const failing = async () => {
    throw new Error('away');
  };
  const both = await Promise.allSettled([kept.get('a', failing), kept.get('a', failing)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await kept.get('a', counting().ask)).toBe(1);
});

test('what was forgotten while it was asked for is not kept', async () => {
  const kept = createKeptAnswers<number>(1_000, () => 0);
  let answer: (value: number) => void = () => undefined;
  const asked = kept.get('a', () => new Promise((resolve) => (answer = resolve)));
  kept.forget('a');
  answer(7);
  expect(await asked).toBe(7);
  expect(await kept.get('a', counting().ask)).toBe(1);
});
