import { describe, expect, test } from '@jest/globals';
import { mrkdwn } from '../../../../sandbox/web/client/text/mrkdwn.ts';
import { fold } from '../../../../src/core/filter/fold.ts';
import { code, plain, visible } from '../../../../src/render/blocks/text.ts';
import fc from '../../../properties.ts';

/** The elements of text that makes one piece. */
function inline(text: string, verbatim = true) {
  const pieces = mrkdwn(text, verbatim);
  expect(pieces.map(({ type }) => type)).toEqual(['rich_text_section']);
  return pieces.flatMap(({ elements }) => elements);
}

describe('mrkdwn', () => {
  test('formats words, code, emoji and dates', () => {
    expect(inline(':red_circle: *failed* · _4_ ~5~ `op-1.`')).toEqual([
      { type: 'emoji', name: 'red_circle' },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'failed', style: { bold: true } },
      { type: 'text', text: ' · ' },
      { type: 'text', text: '4', style: { italic: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: '5', style: { strike: true } },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'op-1.', style: { code: true } },
    ]);
    expect(inline('<!date^1700000000^{date_short} {time}|2023-11-14 22:13 UTC>')).toEqual([
      { type: 'date', timestamp: 1_700_000_000, format: '{date_short} {time}' },
    ]);
  });

  test('a zero-width space makes a mark work inside of a word', () => {
    expect(inline('a\u200b*\u200bb\u200b*\u200bc')[1]).toMatchObject({ style: { bold: true } });
    expect(inline('＊a＊')).toEqual([{ type: 'text', text: 'a', style: { bold: true } }]);
    expect(inline('!here`a b`')[1]).toEqual({ type: 'text', text: 'a b', style: { code: true } });
  });

  test('marks inside words, beside gaps and on other lines format nothing', () => {
    for (const text of ['2*3*4 a_b_c', '* no *', '*no\nno*', '*open']) {
      expect(inline(text)).toEqual([{ type: 'text', text }]);
    }
  });

  test('nothing is formatted in code, and code may stand in bold', () => {
    expect(inline('*a `b *c* d` e*')).toEqual([
      { type: 'text', text: 'a ', style: { bold: true } },
      { type: 'text', text: 'b *c* d', style: { bold: true, code: true } },
      { type: 'text', text: ' e', style: { bold: true } },
    ]);
  });

  test('names, links and what is no link', () => {
    expect(
      inline('<@U1> <#C1|ops> <!subteam^S1> <!here> <https://a.b/c|there> <javascript:x|there>'),
    ).toEqual([
      { type: 'user', user_id: 'U1' },
      { type: 'text', text: ' ' },
      { type: 'channel', channel_id: 'C1' },
      { type: 'text', text: ' ' },
      { type: 'usergroup', usergroup_id: 'S1' },
      { type: 'text', text: ' ' },
      { type: 'broadcast', range: 'here' },
      { type: 'text', text: ' ' },
      { type: 'link', url: 'https://a.b/c', text: 'there' },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'there' },
    ]);
  });

  test('bare addresses become links unless the text is verbatim', () => {
    expect(inline('see https://a.b/c.', false)).toContainEqual({ type: 'link', url: 'https://a.b/c' });
    expect(inline('see https://a.b/c.')).toEqual([{ type: 'text', text: 'see https://a.b/c.' }]);
  });

  test('quoted lines and preformatted text stand by themselves', () => {
    expect(mrkdwn('a\n&gt; b\n> c\n```x *y*\n &lt;z```d').map(({ type }) => type)).toEqual([
      'rich_text_section',
      'rich_text_quote',
      'rich_text_preformatted',
      'rich_text_section',
    ]);
  });

  test('whatever the platform sends is shown as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), hostile(), (free, marked) => {
        for (const text of [free, marked]) {
          const elements = inline(`x ${plain(text)} x`);
          expect(elements.filter(({ type, style }) => type !== 'text' || style !== undefined)).toEqual([]);
          const shown = elements.map((element) => ('text' in element ? element.text : ''));
          // Signs that look like marks stand for them.
          expect(fold(shown.join(''))).toBe(fold(`x ${visible(text)} x`));
          const spans = inline(code(text));
          expect(spans).toHaveLength(1);
          expect(spans[0]).toMatchObject({ type: 'text', style: { code: true } });
        }
      }),
    );
  });
});

/** Text made of what has a meaning in mrkdwn. */
function hostile() {
  const parts = [
    ...['*', '_', '~', '`', '＊', '＿', '～', '｀', '<', '>', '＞', '&', ':', '|'],
    ...['\u200b', '\u00ad', 'a', '字', '+1'],
    '@U1',
    '!here',
    'warning',
    'a b',
    ' ',
    '\n',
    '&lt;',
  ];
  return fc.array(fc.constantFrom(...parts), { maxLength: 16 }).map((words) => words.join(''));
}
