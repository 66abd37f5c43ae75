import { expect, test } from '@jest/globals';
import { MUTE_CHOICES, muteChosen } from '../../../src/core/notification/mute.ts';
import { HOUR, NOON } from '../tasks.ts';

test.each([
  ['1h', NOON + HOUR],
  ['8h', NOON + 8 * HOUR],
  ['end', null],
])('%s', (value, until) => {
  expect(muteChosen(value, NOON)).toEqual({ until });
});

test('what is none of the choices mutes nothing', () => {
  for (const value of [undefined, '', '9h', '1H', 'ends', 'constructor']) {
    expect(muteChosen(value, NOON)).toBeNull();
  }
});

test('every choice fits an option of Slack', () => {
  for (const { value, label } of MUTE_CHOICES) expect(Math.max(value.length, label.length)).toBeLessThan(75);
});
