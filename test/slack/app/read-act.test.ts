import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../../src/render/blocks/actions.ts';
import { SUBSCRIPTION_MODAL } from '../../../src/render/subscription/subscription-modal.ts';
import { readAct } from '../../../src/slack/app/read-act.ts';
import fc from '../../properties.ts';

const line = { command: '/upgrades', text: 'failed', user_id: 'U1', channel_id: 'C1', trigger_id: '1.1' };
const press = {
  type: 'block_actions',
  user: { id: 'U1' },
  channel: { id: 'C1' },
  message: { ts: '1.1' },
  container: { type: 'message', message_ts: '1.1' },
  actions: [{ type: 'button', action_id: ACTIONS.taskReasons, value: 'op-1', action_ts: '5.5' }],
  trigger_id: '2.1',
};
const alone = { ...press, message: undefined };
const turn = {
  ...press,
  channel: undefined,
  message: undefined,
  container: { type: 'view', view_id: 'V1' },
  view: { id: 'V1', private_metadata: '{"page":1}' },
  actions: [{ type: 'button', action_id: ACTIONS.detailNext, value: 'next' }],
};
const form = {
  type: 'view_submission',
  user: { id: 'U1' },
  view: { id: 'V1', callback_id: SUBSCRIPTION_MODAL, state: { values: { a: { a: { value: '1' } } } } },
  trigger_id: '3.1',
};
const mention = {
  event_id: 'Ev1',
  event: { type: 'app_mention', user: 'U1', text: '<@U0BOT> failed', channel: 'C1', ts: '7.7' },
};
const shortcut = { type: 'shortcut', user: { id: 'U1' }, callback_id: 'look_up_device', trigger_id: '4.1' };

const keyOf = (body: unknown) => readAct(body)?.key;

describe('the same act', () => {
  test.each<[string, object, object]>([
    ['a line typed again', line, { ...line, trigger_id: '1.2' }],
    [
      'a press made again',
      press,
      { ...press, trigger_id: '2.2', actions: [{ ...press.actions[0], action_ts: '6.6' }] },
    ],
    ['a press on what only one person sees', alone, { ...alone, trigger_id: '2.2' }],
    ['a form sent again', form, { ...form, trigger_id: '3.2' }],
    ['a mention written again', mention, { event_id: 'Ev2', event: { ...mention.event, ts: '8.8' } }],
    ['a shortcut called again', shortcut, { ...shortcut, trigger_id: '4.2' }],
  ])('%s', (_what, first, second) => {
    expect(keyOf(second)).toBe(keyOf(first));
    expect(readAct(second)?.delivery).not.toBe(readAct(first)?.delivery);
  });
});

describe('another act', () => {
  test.each<[string, object, object]>([
    ['another line', line, { ...line, text: 'running' }],
    ['a line of somebody else', line, { ...line, user_id: 'U2' }],
    ['a line elsewhere', line, { ...line, channel_id: 'C2' }],
    ['a press on another message', press, { ...press, message: { ts: '1.2' } }],
    ['a press on another ephemeral message', alone, { ...alone, container: { message_ts: '1.2' } }],
    [
      'another button of the message',
      press,
      { ...press, actions: [{ ...press.actions[0], action_id: ACTIONS.taskHistory }] },
    ],
    [
      'the same button about another task',
      press,
      { ...press, actions: [{ ...press.actions[0], value: 'op-2' }] },
    ],
    ['the next page of a window', turn, { ...turn, view: { ...turn.view, private_metadata: '{"page":2}' } }],
    [
      'a form with something else in it',
      form,
      { ...form, view: { ...form.view, state: { values: { a: { a: { value: '2' } } } } } },
    ],
    ['a mention in a thread', mention, { ...mention, event: { ...mention.event, thread_ts: '7.0' } }],
    ['another shortcut', shortcut, { ...shortcut, callback_id: 'find_ids' }],
  ])('%s', (_what, first, second) => {
    expect(keyOf(second)).not.toBe(keyOf(first));
  });
});

test.each<[string, object, boolean]>([
  ['a line that asks', line, false],
  ['a line that subscribes', { ...line, text: 'subscribe failed' }, false],
  ['reasons for all', press, true],
  ['a page of a window', turn, false],
  ['the form of a subscription', form, true],
  ['the form of a filter', { ...form, view: { ...form.view, callback_id: 'filter' } }, false],
])('%s: whether it shows a second time', (_what, body, settles) => {
  expect(readAct(body)?.settles).toBe(settles);
});

test('nothing of what was typed is kept', () => {
  expect(JSON.stringify(readAct({ ...line, text: 'very-private' }))).not.toContain('private');
});

test('what is no act of a person is none, and nothing is stumbled over', () => {
  expect(readAct({ event: { type: 'app_home_opened', user: 'U1' } })).toBeNull();
  expect(readAct({ event: { type: 'channel_shared', channel: 'C1' } })).toBeNull();
  fc.assert(fc.property(fc.jsonValue(), (body) => void readAct(body)));
});
