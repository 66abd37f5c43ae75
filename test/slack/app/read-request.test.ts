import { describe, expect, test } from '@jest/globals';
import { problemOfRequest } from '../../../src/slack/app/read-request.ts';
import { everyListener, requestsFor, SLACKS_OWN } from '../../stories/harness/every-listener.ts';

const ACTOR = {
  user: { id: 'U1', team: { id: 'T1' } },
  ...{ homeTeam: 'T1', channel: 'C1', direct: 'D1', responseUrl: 'http://127.0.0.1/answer' },
};

const EVENT = { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: { type: 'message' } };
const PRESS = {
  ...{ type: 'block_actions', user: { id: 'U1' }, container: {} },
  actions: [{ type: 'button', action_id: 'task_details' }],
};
const COMMAND = { command: '/upgrades', user_id: 'U1', channel_id: 'C1' };
const SHORTCUT = { type: 'shortcut', user: { id: 'U1' }, callback_id: 'look_up_device' };

describe('the form of a request', () => {
  test.each(everyListener().filter(({ name }) => !SLACKS_OWN.includes(name)))(
    '$kind $name: what Slack sends is well formed',
    (listener) => {
      for (const { payload } of requestsFor(listener, ACTOR)) expect(problemOfRequest(payload)).toBeNull();
    },
  );

  test('that Slack holds back events is well formed', () => {
    expect(problemOfRequest({ type: 'app_rate_limited', minute_rate_limited: 1_518_467_820 })).toBeNull();
  });

  test.each([
    ['nothing', null, 'the whole request: '],
    ['a list', [], 'the whole request: '],
    ['a number', 4711, 'the whole request: '],
    ['a kind nobody answers', { type: 'constructor' }, 'type: '],
    ['an event id that is an object', { ...EVENT, event_id: { $ne: 1 } }, 'event_id: '],
    ['a person without an id', { ...PRESS, user: {} }, 'user.id: '],
    ['a command without its slash', { ...COMMAND, command: '[object Object]' }, 'command: '],
    ['a command that holds an event', { ...COMMAND, event: {} }, 'event: '],
    ['a shortcut that holds presses', { ...SHORTCUT, actions: 'constructor' }, 'actions: '],
    ['a shortcut that has a name, as options have', { ...SHORTCUT, name: 'x' }, 'name: '],
    ['a press on nothing', { ...PRESS, actions: [] }, 'actions: '],
    ['actions that are none', { ...PRESS, actions: [null] }, 'actions.0: '],
    [
      'a window whose state is a text',
      { ...PRESS, view: { id: 'V1', callback_id: 'x', state: 'x' } },
      'view.state: ',
    ],
    ['an id of a thousand letters', { ...EVENT, team_id: 'T'.repeat(1_000) }, 'team_id: '],
    ['a command of nobody', { command: '/upgrades', channel_id: 'C1' }, 'user_id: '],
  ])('%s is named', (_name, body, problem) => {
    expect(problemOfRequest(body)).toContain(problem);
  });
});
