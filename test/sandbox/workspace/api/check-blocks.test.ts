import { describe, expect, test } from '@jest/globals';
import { checkBlocks, checkMessage, checkView } from '../../../../sandbox/workspace/api/check-blocks.ts';
import type { Json, JsonObject } from '../../../../sandbox/workspace/json.ts';

const mrkdwn = (text: string): JsonObject => ({ type: 'mrkdwn', text });
const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
const section = (text: string): JsonObject => ({ type: 'section', text: mrkdwn(text) });
const button = (more: JsonObject = {}): JsonObject => ({
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  ...more,
});
const actions = (...elements: JsonObject[]): JsonObject => ({ type: 'actions', elements });
const table = (rows: number, columns = 2): JsonObject => ({
  type: 'data_table',
  caption: 'Devices',
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' })),
  ),
});
const modal = (more: JsonObject): JsonObject => ({
  type: 'modal',
  title: plain('Task'),
  blocks: [section('x')],
  ...more,
});
const pointers = (problems: readonly { pointer: string }[]) => problems.map((one) => one.pointer);

describe('blocks of a message', () => {
  test('a message inside every limit is accepted', () => {
    const blocks = [
      section('a'.repeat(3000)),
      actions(button({ value: 'v'.repeat(2000) })),
      table(101, 20),
      { type: 'divider' },
    ];
    expect(checkBlocks(blocks, 'message')).toEqual([]);
  });

  test.each<[string, readonly Json[], string]>([
    ['a section of 3001 characters', [section('a'.repeat(3001))], '/blocks/0/text/text'],
    ['an empty section', [section('')], '/blocks/0/text/text'],
    ['a section with neither text nor fields', [{ type: 'section' }], '/blocks/0'],
    [
      'eleven fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }],
      '/blocks/0/fields',
    ],
    [
      'a field of 2001 characters',
      [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }],
      '/blocks/0/fields/0/text',
    ],
    ['a header of 151 characters', [{ type: 'header', text: plain('h'.repeat(151)) }], '/blocks/0/text/text'],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('h') }], '/blocks/0/text/type'],
    [
      'eleven elements in a context',
      [{ type: 'context', elements: Array(11).fill(mrkdwn('x')) }],
      '/blocks/0/elements',
    ],
    [
      'a button label of 76 characters',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      '/blocks/0/elements/0/text/text',
    ],
    [
      'a button value of 2001 characters',
      [actions(button({ value: 'x'.repeat(2001) }))],
      '/blocks/0/elements/0/value',
    ],
    [
      'an action id of 256 characters',
      [actions(button({ action_id: 'x'.repeat(256) }))],
      '/blocks/0/elements/0/action_id',
    ],
    ['a block id of 256 characters', [{ ...section('x'), block_id: 'b'.repeat(256) }], '/blocks/0/block_id'],
    [
      'the same block id twice',
      [section('x'), section('y')].map((one) => ({ ...one, block_id: 'b' })),
      '/blocks/1/block_id',
    ],
    ['the same action id twice in one row', [actions(button(), button())], '/blocks/0/elements/1/action_id'],
    ['an unknown block', [{ type: 'marquee' }], '/blocks/0/type'],
    ['an unknown element', [actions({ type: 'lever', action_id: 'pull' })], '/blocks/0/elements/0/type'],
    ['an alert, which only modals show', [{ type: 'alert', text: plain('x') }], '/blocks/0/type'],
    [
      'an overflow of six options',
      [actions({ type: 'overflow', options: Array(6).fill({ text: plain('x') }) })],
      '/blocks/0/elements/0/options',
    ],
    [
      'an option value of 76 characters',
      [actions({ type: 'overflow', options: [{ text: plain('x'), value: 'v'.repeat(76) }] })],
      '/blocks/0/elements/0/options/0/value',
    ],
    ['a data table of 102 rows', [table(102)], '/blocks/0/rows'],
    ['a data table of 21 columns', [table(2, 21)], '/blocks/0/rows/0'],
    [
      'a chart of seven segments',
      [
        {
          type: 'data_visualization',
          title: 'x',
          chart: { type: 'pie', segments: Array(7).fill({ label: 'a', value: 1 }) },
        },
      ],
      '/blocks/0/chart/segments',
    ],
    [
      'an unknown inline element',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'blink' }] }] }],
      '/blocks/0/elements/0/elements/0/type',
    ],
  ])('%s is refused where it stands', (_what, blocks, pointer) => {
    expect(pointers(checkBlocks(blocks, 'message'))).toEqual([pointer]);
  });

  test('fifty blocks pass and fifty-one do not, while a home tab takes a hundred', () => {
    const blocks = Array.from({ length: 51 }, () => section('x'));
    expect(checkBlocks(blocks.slice(1), 'message')).toEqual([]);
    expect(pointers(checkBlocks(blocks, 'message'))).toEqual(['/blocks']);
    expect(checkBlocks(blocks, 'home')).toEqual([]);
  });

  test('a character outside the basic plane counts once', () => {
    expect(checkBlocks([section('🔧'.repeat(3000))], 'message')).toEqual([]);
  });

  test('two tables have an error of their own', () => {
    expect(checkBlocks([table(2), table(2)], 'message').map((one) => one.code)).toEqual([
      'only_one_table_allowed',
    ]);
  });
});

describe('whole messages', () => {
  const codes = (message: JsonObject, max?: number) => checkMessage(message, max).map((one) => one.code);
  const metadata = (payload: JsonObject): JsonObject => ({
    event_type: 'notification',
    event_payload: payload,
  });

  test('text is too long above the limit of the method', () => {
    expect(codes({ text: 'x'.repeat(4001) }, 4000)).toEqual(['msg_too_long']);
    expect(codes({ text: 'x'.repeat(4000) }, 4000)).toEqual([]);
  });

  test('metadata must be whole, flat and under eight kilobytes', () => {
    expect(codes({ metadata: metadata({ ids: ['1', '2'], place: { channel: 'C1' } }) })).toEqual([]);
    expect(codes({ metadata: { event_type: 'notification' } })).toEqual(['invalid_metadata_format']);
    expect(codes({ metadata: metadata({ id: 'x'.repeat(9000) }) })).toEqual(['metadata_too_large']);
    expect(codes({ metadata: metadata({ a: { b: { c: { d: 1 } } } }) })).toEqual(['invalid_metadata_schema']);
  });

  test('blocks inside attachments are checked too', () => {
    const problems = checkMessage({ text: 'x', attachments: [{ blocks: [section('a'.repeat(3001))] }] });
    expect(pointers(problems)).toEqual(['/attachments/0/blocks/0/text/text']);
  });
});

describe('modals and home tabs', () => {
  test.each<[string, JsonObject, string]>([
    ['a title of 25 characters', modal({ title: plain('x'.repeat(25)) }), '/title/text'],
    ['a submit label of 25 characters', modal({ submit: plain('x'.repeat(25)) }), '/submit/text'],
    [
      'private metadata of 3001 characters',
      modal({ private_metadata: 'x'.repeat(3001) }),
      '/private_metadata',
    ],
    ['a table', modal({ blocks: [table(2)] }), '/blocks/0/type'],
    [
      'an input without a submit button',
      modal({
        blocks: [
          { type: 'input', label: plain('Id'), element: { type: 'plain_text_input', action_id: 'id' } },
        ],
      }),
      '/submit',
    ],
  ])('a modal with %s is refused', (_what, view, pointer) => {
    expect(pointers(checkView(view))).toEqual([pointer]);
  });

  test('an alert is fine in a modal and refused in a home tab', () => {
    const blocks = [{ type: 'alert', level: 'warning', text: plain('Two devices did not answer') }];
    expect(checkView(modal({ blocks }))).toEqual([]);
    expect(pointers(checkView({ type: 'home', blocks }))).toEqual(['/blocks/0/type']);
  });
});
