import { describe, expect, test } from '@jest/globals';
import { apartFromBlindness } from './blindness.ts';
import type { ToldRoot } from './told.ts';

describe('what is told of blindness', () => {
  const root = (text: string): ToldRoot => ({
    ...{ text, shown: text, broadcast: false, step: 0, notice: null, replies: [] },
  });
  const OVER = root('I see the platform again after <duration>. What changed is told late.');

  test('is no difference when every channel has it and it says that it is over', () => {
    const { channels, differences } = apartFromBlindness({ a: [root('x'), OVER], b: [OVER] });
    expect(channels).toEqual({ a: [root('x')], b: [] });
    expect(differences).toEqual([]);
  });

  test('must neither be missing in a channel nor go on for ever', () => {
    expect(apartFromBlindness({ a: [OVER], b: [] }).differences).toMatchObject([
      { kind: 'lost', where: '#b' },
    ]);
    const stuck = root('I cannot see the platform since <time>.');
    expect(apartFromBlindness({ a: [stuck] }).differences).toMatchObject([{ kind: 'changed', where: '#a' }]);
  });
});
