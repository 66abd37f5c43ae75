import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../../src/core/change/changes.ts';
import { parseSubscriptionWish } from '../../../src/core/subscription/parse-wish.ts';
import {
  printHours,
  printKinds,
  printMention,
  printSubscription,
  printTime,
} from '../../../src/core/subscription/print-subscription.ts';
import { DEFAULT_KINDS, NO_HOURS } from '../../../src/core/subscription/subscription.ts';
import fc from '../../properties.ts';
import { anyContent, anyHours } from './random-wishes.ts';

function normal(line: string): string {
  const reading = parseSubscriptionWish(line);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { terms, kinds = DEFAULT_KINDS, mentions = [], thresholds = {} } = reading.wish;
  return printSubscription({ terms, kinds, mentions, thresholds });
}

describe('the normal form', () => {
  test.each([
    ['', 'on:failed,failing,stalled'],
    ['stalled failed', 'on:failed,stalled'],
    ['on:all', 'on:all'],
    [CHANGE_KINDS.join(), 'on:all'],
    ['running FW', 'firmware on:started'],
    ['mention:@here,<@U1|ann> failed', 'on:failed mention:<!here>,<@U1>'],
    ['mention:off failed', 'on:failed'],
    ['failed stalled:120m failing:10.50%', 'on:failed failing:10.5% stalled:2h'],
    [
      'stalled:2h failing:10%,20 mention:<!subteam^S1|@ops> failed,stalled model:WM20',
      'model:WM20 on:failed,stalled mention:<!subteam^S1> failing:10%,20 stalled:2h',
    ],
  ])('%s is repeated as %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
  });

  test('is read back as the very same subscription, whatever it holds', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { terms, kinds, mentions, thresholds, external } = content;
        const reading = parseSubscriptionWish(printSubscription(content));
        expect(reading).toEqual({
          ok: true,
          wish: {
            terms,
            kinds,
            hoursOnly: false,
            ...(mentions.length === 0 ? {} : { mentions }),
            ...(Object.keys(thresholds).length === 0 ? {} : { thresholds }),
            ...(external && { external }),
          },
        });
      }),
      { numRuns: 5_000 },
    );
  });
});

test('every kind of change can be named', () => {
  for (const kind of CHANGE_KINDS) expect(printKinds([kind])).toBe(kind);
  expect(printKinds(CHANGE_KINDS.slice(1)).split(',')).toHaveLength(CHANGE_KINDS.length - 1);
});

test('mentions in the markup that calls', () => {
  expect(printMention({ kind: 'group', id: 'S1' })).toBe('<!subteam^S1>');
  expect(printMention({ kind: 'person', id: 'W1' })).toBe('<@W1>');
  expect(printMention({ kind: 'here' })).toBe('<!here>');
});

describe('hours', () => {
  test.each([
    [
      { quiet: { from: 1_320, until: 420 }, digestAt: 540, zone: 'Europe/Berlin' },
      'quiet:22:00-07:00 digest:09:00 zone:Europe/Berlin',
    ],
    [{ quiet: null, digestAt: 5, zone: 'UTC' }, 'digest:00:05 zone:UTC'],
    [{ quiet: null, digestAt: null, zone: 'Asia/Tokyo' }, 'zone:Asia/Tokyo'],
    [NO_HOURS, ''],
  ])('%j is %s', (hours, printed) => {
    expect(printHours(hours)).toBe(printed);
  });

  test.each([
    [0, '00:00'],
    [425, '07:05'],
    [1_439, '23:59'],
  ])('%d minutes after midnight it is %s', (minutes, printed) => {
    expect(printTime(minutes)).toBe(printed);
  });

  test('are read back as they are', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        const reading = parseSubscriptionWish(printHours(hours));
        const wish = reading.ok ? reading.wish : null;
        expect({
          quiet: wish?.quiet ?? null,
          digestAt: wish?.digestAt ?? null,
          zone: wish?.zone ?? 'UTC',
        }).toEqual(hours);
        expect(wish?.hoursOnly).toBe(printHours(hours) !== '');
      }),
    );
  });
});
