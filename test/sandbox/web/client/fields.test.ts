import { describe, expect, test } from '@jest/globals';
import { choicesOf, chosenValues } from '../../../../sandbox/web/client/elements/choices.ts';
import { nextActive } from '../../../../sandbox/web/client/elements/next-active.ts';
import { fieldKey, filledOf, incomplete, targetOf } from '../../../../sandbox/web/client/shown/fields.ts';
import type { JsonObject } from '../../../../sandbox/workspace/json.ts';
import { FILTER_MODAL, filterModal } from '../../../../src/render/question/filter-modal.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: `Option ${value}` }, value });
const text = { type: 'plain_text_input', action_id: 'name', min_length: 3 };
const boxes = { type: 'checkboxes', action_id: 'box', options: ['a', 'b'].map(option) };
const input = (block_id: string, element: JsonObject, optional = false) => ({
  type: 'input',
  block_id,
  element,
  optional,
});

describe('what is filled in', () => {
  test('only touched fields are sent, by action id or, where that is shared, by block id', () => {
    const blocks = [
      input('one', text),
      input('two', { ...text, action_id: 'other' }),
      input('three', boxes),
      input('four', boxes),
    ];
    const values = { [fieldKey('one', text)]: 'Ana', [fieldKey('four', boxes)]: ['b'] };
    expect(filledOf(blocks, values)).toEqual({ name: 'Ana', four: ['b'] });
  });

  test('Slack asks for what is missing or too short', () => {
    const blocks = [input('one', text), input('two', boxes), input('three', boxes, true)];
    expect(Object.keys(incomplete(blocks, {}))).toEqual(['one', 'two']);
    expect(incomplete(blocks, { [fieldKey('one', text)]: 'ab', [fieldKey('two', boxes)]: ['a'] })).toEqual({
      one: 'Please enter at least 3 characters.',
    });
    const started = { ...boxes, initial_options: [option('a')] };
    expect(incomplete([input('two', started)], {})).toEqual({});
    expect(incomplete([input('two', started)], { [fieldKey('two', started)]: [] })).toHaveProperty('two');
  });

  test("the bot's own filter window is complete as it opens", () => {
    const form = {
      status: [],
      type: [],
      texts: {},
      since: '',
      before: '',
      fail: '',
      sort: null,
      size: 10,
      private: false,
      more: '',
    };
    // The form only needs the members the window shows; the view is what goes over the wire as JSON.
    const view = JSON.parse(JSON.stringify(filterModal(form as never, ''))) as {
      callback_id: string;
      blocks: JsonObject[];
    };
    expect(view.callback_id).toBe(FILTER_MODAL);
    expect(incomplete(view.blocks, {})).toEqual({});
  });
});

describe('what is pressed', () => {
  test('is named by action id, label and value', () => {
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' }, value: '1' };
    expect(targetOf(button)).toEqual({ actionId: 'go', label: 'Go', value: '1' });
    expect(targetOf(boxes)).toEqual({ actionId: 'box' });
  });
});

describe('what can be chosen', () => {
  const workspace = { people: [], channels: [] };

  test('options with their headings', () => {
    const grouped = {
      type: 'static_select',
      option_groups: [{ label: { type: 'plain_text', text: 'First' }, options: [option('a')] }],
    };
    expect(choicesOf(grouped, workspace)).toEqual([{ value: 'a', text: 'Option a', group: 'First' }]);
  });

  test('what the element was sent with, until somebody chooses', () => {
    expect(chosenValues({ initial_option: option('a') }, undefined)).toEqual(['a']);
    expect(chosenValues({ initial_options: [option('a'), option('b')] }, undefined)).toEqual(['a', 'b']);
    expect(chosenValues({ initial_users: ['U1'] }, undefined)).toEqual(['U1']);
    expect(chosenValues({ initial_value: 'x' }, '')).toEqual([]);
    expect(chosenValues({}, undefined)).toEqual([]);
  });

  test('keys in an open menu', () => {
    const choices = ['Alpha', 'Beta', 'Bravo'].map((name) => ({ text: name }));
    expect(nextActive('ArrowDown', 2, choices)).toBe(2);
    expect(nextActive('ArrowUp', 1, choices)).toBe(0);
    expect(nextActive('b', 1, choices)).toBe(2);
    expect(nextActive('b', 2, choices)).toBe(1);
    expect(nextActive('End', 0, choices)).toBe(2);
    expect(nextActive('Escape', 0, choices)).toBe('close');
    expect(nextActive('Enter', 0, choices)).toBe('choose');
    expect(nextActive('F5', 0, choices)).toBeNull();
  });
});
