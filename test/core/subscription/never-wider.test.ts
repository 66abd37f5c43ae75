import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../../src/core/change/changes.ts';
import { parseSubscriptionWish } from '../../../src/core/subscription/parse-wish.ts';
import {
  printHours,
  printMention,
  printSubscription,
} from '../../../src/core/subscription/print-subscription.ts';
import type { SubscriptionWish } from '../../../src/core/subscription/subscription.ts';
import fc, { plays } from '../../properties.ts';
import { wordsOf } from '../filter/words-of.ts';
import { anyContent, anyHours } from './random-wishes.ts';

/** Status words and what they are to a subscription, written down once more. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  waiting: ['created'],
  wait: ['created'],
  create: ['created'],
  running: ['started'],
  processing: ['started'],
  start: ['started'],
  active: ['created', 'started'],
  success: ['succeeded'],
  successful: ['succeeded'],
  succeed: ['succeeded'],
  stop: ['stopped'],
  all: CHANGE_KINDS,
};
const MENTION =
  /<!subteam\^S[A-Z0-9]+(?:\|[^<>]*)?>|<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|<!here(?:\|[^<>]*)?>|@?here/gi;

function kindsIn(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => word.toLowerCase().split(',')).flatMap((word) => STATUSES[word] ?? [word]);
}

function isKinds(word: string): boolean {
  return word !== 'all' && kindsIn([word]).every((kind) => CHANGE_KINDS.some((one) => one === kind));
}

/**
 * A wish accounts for every word of its line: a word that was dropped would have made it wider. Each kind of word is
 * counted by how it is written, against what came of it.
 */
function unaccounted(line: string, wish: SubscriptionWish): string | null {
  const words = wordsOf(line);
  const keyed = (key: string) => words.filter((word) => word.toLowerCase().startsWith(`${key}:`));
  const follows = words.filter((word) => /^(?:,|<[@!]|@here)/i.test(word));
  const bare = words.filter(isKinds);
  const own = ['on', 'mention', 'failing', 'stalled', 'quiet', 'digest', 'zone', 'external'].flatMap(keyed);
  const rest = words.length - own.length - bare.length - follows.length;
  if (rest !== wish.terms.length) return `${rest} words became ${wish.terms.length} terms`;
  const kinds = new Set(
    kindsIn([...bare, ...keyed('on').map((word) => word.slice(3).replaceAll(/["“”„'’«»]/g, ''))]),
  );
  if (kinds.size !== (wish.kinds?.length ?? 0) || wish.kinds?.some((kind) => !kinds.has(kind)))
    return 'kinds';
  const called = [...keyed('mention').map((word) => word.slice('mention:'.length)), ...follows].join(',');
  if (keyed('mention').length !== Number(wish.mentions !== undefined)) return 'mention';
  const names = new Set(
    (called.match(MENTION) ?? []).map((name) => name.replace(/\|.*/s, '>').toLowerCase()),
  );
  const told = new Set((wish.mentions ?? []).map((mention) => printMention(mention).toLowerCase()));
  const here = [...names].filter((name) => /here/.test(name)).length > 0;
  const expected = [...names].filter((name) => !/here/.test(name)).length + Number(here);
  if (told.size !== expected) return `${expected} mentions became ${told.size}`;
  const { failingPercent, stalledAfter } = wish.thresholds ?? {};
  if (keyed('failing').length !== Number(failingPercent !== undefined)) return 'failing';
  if (keyed('stalled').length !== Number(stalledAfter !== undefined)) return 'stalled';
  if (keyed('quiet').length !== Number(wish.quiet !== undefined)) return 'quiet';
  if (keyed('external').length !== Number(wish.external !== undefined)) return 'external';
  if (keyed('digest').length !== Number(wish.digestAt !== undefined)) return 'digest';
  return keyed('zone').length === Number(wish.zone !== undefined) ? null : 'zone';
}

/** Whether the line was a wish; throws when it was one and not everything of it was accounted for. */
function check(line: string): boolean {
  const reading = parseSubscriptionWish(line);
  if (!reading.ok) return false;
  const problem = unaccounted(line, reading.wish);
  if (problem !== null) throw new Error(`${JSON.stringify(line)}: ${problem}`);
  return true;
}

/** Whatever the grammar knows, with what could confuse it. */
const PARTS =
  'failed stalled active all fw -failed - on: mention: quiet: digest: zone: external: yes no failing: stalled: status: model: device: group: since: fail>5% page:2 private 4711 2d 2h 10% 10%,20 22-7 22:00-07:00 9 UTC Europe/Berlin off WM20 <!subteam^S1|@a,b> <!subteam^S1> <@U1|x> <!here> <!channel> @here here @ops < > | ^ @ ! , : " “ \\ \u00a0 \t \u0000 🚰 \ud800 . / ( ) \' ’ « » – ： ， \u200b'
    .split(' ')
    .concat('<!subteam^S1|@a b>', '<@U1|x "y>', ' ', ' ');

describe('no line wishes for more than it says', () => {
  test('lines out of the words and signs of the grammar', () => {
    const line = fc
      .array(fc.tuple(fc.constantFrom(...PARTS), fc.boolean()), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map(([part, blank]) => (blank ? `${part} ` : part)).join(''));
    let wishes = 0;
    fc.assert(
      fc.property(line, (text) => {
        wishes += Number(check(text));
      }),
      { numRuns: plays(10_000) },
    );
    expect(wishes).toBeGreaterThan(100);
  });

  test('any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (line) => {
        check(line);
      }),
      { numRuns: plays(2_000) },
    );
  });

  test('a right line in which one character was changed, lost or doubled', () => {
    const put = fc.constantFrom('', 'x', ' ', '"', ',', ':', '-', '<', '>', '|', '@');
    let wishes = 0;
    fc.assert(
      fc.property(anyContent, anyHours, fc.nat(), put, (content, hours, at, character) => {
        const characters = [...`${printSubscription(content)} ${printHours(hours)}`];
        characters.splice(at % (characters.length + 1), at % 2, character);
        wishes += Number(check(characters.join('')));
      }),
      { numRuns: plays(2_000) },
    );
    expect(wishes).toBeGreaterThan(100);
  });

  test('the labels of mentions change nothing, whatever they hold', () => {
    const label = fc
      .string({ unit: fc.constantFrom('a', ' ', ',', ':', '"', '“', '-', '@', '\\', '|', 'é', '🚰') })
      .filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(label, label, (one, other) => {
        const line = `model:x mention:<!subteam^S1|${one}>,<@U1|${other}> failed`;
        expect(parseSubscriptionWish(line)).toEqual(
          parseSubscriptionWish('model:x mention:<!subteam^S1>,<@U1> failed'),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('the count itself notifications a word that is lost', () => {
    const reading = parseSubscriptionWish('model:x failed mention:<@U1>');
    if (!reading.ok) throw new Error('a right line');
    const { wish } = reading;
    expect(unaccounted('model:x failed mention:<@U1|a b>', wish)).toBeNull();
    for (const more of ['fw', 'stalled', 'on:all', '<@U2>', 'quiet:22-7', 'zone:UTC', 'stalled:2h']) {
      expect(unaccounted(`model:x failed mention:<@U1> ${more}`, wish)).not.toBeNull();
    }
  });
});
