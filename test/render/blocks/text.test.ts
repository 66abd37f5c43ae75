import { describe, expect, test } from '@jest/globals';
import { fitLines, sections } from '../../../src/render/blocks/message.ts';
import { code, count, counted, cut, date, percent, plain, visible } from '../../../src/render/blocks/text.ts';
import { NOON } from '../../core/tasks.ts';
import fc from '../../properties.ts';

describe('text from outside', () => {
  test('cannot mention or link', () => {
    expect(plain('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
    expect(code('<!here>')).toBe('`&lt;!here&gt;`');
  });

  test('is escaped once more where it looks escaped already', () => {
    expect(plain('&lt;!channel&gt;')).toBe('&amp;lt;!channel&amp;gt;');
  });

  test('cannot format: marks become signs that look like them, but for underscores inside words', () => {
    expect(plain('*bold* ~no~ `code` 2*3')).toBe('∗bold∗ ∼no∼ ˋcodeˋ 2∗3');
    expect(plain('＊bold＊ ｀code｀ ＿x＿')).toBe('∗bold∗ ˋcodeˋ ˍxˍ');
    expect(plain('_italic_ snake_case_name')).toBe('ˍitalicˍ snake_case_name');
    expect(plain('a\u200b_b_\u200bc')).toBe('a\u200bˍbˍ\u200bc');
    expect(plain('!here`a b`')).toBe('!hereˋa bˋ');
  });

  test('cannot show an emoji that fakes a status', () => {
    expect(plain(':large_green_circle: succeeded')).toBe(':\u200blarge_green_circle: succeeded');
    expect(plain(':+1: :100: :チェック:')).toBe(':\u200b+1: :\u200b100: :\u200bチェック:');
    expect(plain('note: at 12:05:30')).toBe('note: at 12:05:30');
  });

  test('cannot begin a quotation', () => {
    expect(plain('> quoted')).toBe('\u00ad&gt; quoted');
    expect(plain(' ＞ quoted')).toBe('\u00ad ＞ quoted');
    expect(plain('a > b')).toBe('a &gt; b');
  });

  test('cannot end its code span, and never leaves one empty', () => {
    expect(code('a`b｀c')).toBe('`aˋbˋc`');
    expect(code('')).toBe('`-`');
    expect(code(' \u202e\n')).toBe('`-`');
  });

  test('cannot fake a line or reorder what is read', () => {
    expect(visible('a\r\nb\u2028c\u0007d')).toBe('a b c d');
    expect(visible('a\u202eb\u2066c\u061cd')).toBe('abcd');
    expect(visible('👩‍🚀 مرحبا')).toBe('👩‍🚀 مرحبا');
  });
});

describe('cutting', () => {
  test('never cuts a character in two, and says that something is missing', () => {
    expect(cut('🚨🚨🚨', 2)).toBe('🚨…');
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('abc', 0)).toBe('…');
  });

  test('of a message takes whole lines off the end', () => {
    expect(fitLines('one\ntwo\nthree', 10)).toBe('one\ntwo\n…');
    expect(fitLines('one\ntwo', 7)).toBe('one\ntwo');
    expect(fitLines(`one\n${'x'.repeat(30)}\ntwo`, 10)).toBe('one\nxxxx\n…');
    expect(fitLines('x'.repeat(30), 10)).toBe('xxxxxxxx…');
  });

  test('of a line longer than any message never cuts into an escape, a date or a code span', () => {
    const piece = fc.constantFrom('&amp;', '&lt;', date(NOON), '`code span`', 'x', ' ', '🚨', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 10, max: 300 }), (pieces, limit) => {
        const fitted = fitLines(pieces.join(''), limit);
        expect([...fitted].length).toBeLessThanOrEqual(limit);
        const rest = fitted
          .replaceAll(/&(amp|lt);/g, '')
          .replaceAll(date(NOON), '')
          .replaceAll('`code span`', '');
        expect(rest).toMatch(/^[x 🚨\n…]*$/u);
        expect(pieces.join('').startsWith(fitted.replace(/\n?…$/, ''))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('lines spread over sections are all there, in order', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `${index} ${'x'.repeat(200)}`);
    const blocks = sections(lines);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.map(({ text }) => text?.text).join('\n')).toBe(lines.join('\n'));
  });
});

describe('numbers and times', () => {
  test('counts carry their noun', () => {
    expect([count(1_204), counted(1, 'task'), counted(0, 'task'), counted(1_000, 'task')]).toEqual([
      '1,204',
      '1 task',
      '0 tasks',
      '1,000 tasks',
    ]);
  });

  test('a share is never rounded up to all or down to nothing', () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual(['0 %', 'under 1 %', '50 %', '99 %', '100 %']);
  });

  test('a moment is a Slack date with UTC for those who cannot read it', () => {
    expect(date(NOON)).toBe('<!date^1710158400^{date_short_pretty} {time}|2024-03-11 12:00 UTC>');
  });
});
