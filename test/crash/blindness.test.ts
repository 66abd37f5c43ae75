import { describe, expect, test } from '@jest/globals';
import { apartFromBlindness } from './blindness.ts';
import { judge } from './judge.ts';
import type { ToldRoot } from './told.ts';

describe('what is told of blindness', () => {
  const root = (text: string): ToldRoot => ({
    ...{ text, shown: text, broadcast: false, step: 0, notification: null, replies: [] },
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

  test('may be in the run without trouble, whose platform was too slow, and not in the one with it', () => {
    const script = { seed: 0, before: [], steps: [] };
    const told = { channels: { everything: [OVER], alarms: [OVER] } };
    const nothing = { channels: { everything: [], alarms: [] } };
    expect(judge(script, told, nothing).differences).toEqual([]);
    expect(judge(script, nothing, told).differences).toEqual([]);
  });
});
