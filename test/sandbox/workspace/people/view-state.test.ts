import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../sandbox/workspace/json.ts';
import { findElement } from '../../../../sandbox/workspace/people/find-element.ts';
import { heldBy, stateOf } from '../../../../sandbox/workspace/people/view-state.ts';

const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
const option = (value: string): JsonObject => ({ text: plain(`The ${value}`), value });
const input = (blockId: string, element: JsonObject): JsonObject => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element,
});

describe('what an element holds', () => {
  test.each<[JsonObject, string | readonly string[] | undefined, JsonObject]>([
    [{ type: 'plain_text_input' }, 'd-1', { type: 'plain_text_input', value: 'd-1' }],
    [
      { type: 'plain_text_input', initial_value: 'd-0' },
      undefined,
      { type: 'plain_text_input', value: 'd-0' },
    ],
    [{ type: 'datepicker' }, '2024-03-11', { type: 'datepicker', selected_date: '2024-03-11' }],
    [{ type: 'datetimepicker' }, '1710137102', { type: 'datetimepicker', selected_date_time: 1710137102 }],
    [{ type: 'conversations_select' }, 'C1', { type: 'conversations_select', selected_conversation: 'C1' }],
    [{ type: 'multi_users_select' }, ['U1'], { type: 'multi_users_select', selected_users: ['U1'] }],
    [
      { type: 'external_select' },
      'm-1',
      { type: 'external_select', selected_option: { text: plain('m-1'), value: 'm-1' } },
    ],
    [
      { type: 'overflow', options: [option('mute'), option('open')] },
      'The open',
      { type: 'overflow', selected_option: option('open') },
    ],
    [
      { type: 'checkboxes', options: [option('failed'), option('stalled')] },
      ['stalled'],
      { type: 'checkboxes', selected_options: [option('stalled')] },
    ],
  ])('%j with %j', (element, given, held) => {
    expect(heldBy(element, given)).toEqual(held);
  });

  test('an option that does not exist is an error that names the others', () => {
    const select = { type: 'static_select', options: [option('failed')] };
    expect(() => heldBy(select, 'faild')).toThrow('no option faild; there are failed');
  });
});

describe('the state of a view', () => {
  const blocks = [
    input('device', { type: 'plain_text_input', action_id: 'id' }),
    input('kinds', { type: 'checkboxes', action_id: 'on', options: [option('failed'), option('stalled')] }),
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go') }] },
  ];

  test('is filled by action id or block id, and leaves buttons out', () => {
    expect(stateOf(blocks, { id: 'd-1', kinds: ['failed'] })).toEqual({
      values: {
        device: { id: { type: 'plain_text_input', value: 'd-1' } },
        kinds: { on: { type: 'checkboxes', selected_options: [option('failed')] } },
      },
    });
  });

  test('refuses to fill what is not there', () => {
    expect(() => stateOf(blocks, { devise: 'd-1' })).toThrow('there is no field devise');
  });
});

describe('finding what to press', () => {
  const row = [
    {
      type: 'actions',
      block_id: 'row',
      elements: ['T1', 'T2'].map((value) => ({
        type: 'button',
        action_id: 'details',
        text: plain('Details'),
        value,
      })),
    },
  ];

  test('the value tells equal buttons apart', () => {
    expect(findElement(row, { label: 'Details', value: 'T2' })).toMatchObject({
      blockId: 'row',
      element: { value: 'T2' },
    });
  });

  test('an ambiguous press is an error', () => {
    expect(() => findElement(row, { label: 'Details' })).toThrow('2 elements fit');
  });
});
