import { describe, expect, test } from '@jest/globals';
import { printDetailState } from '../../../../src/render/task/detail/detail-state.ts';
import { printModalPlace } from '../../../../src/slack/answer/modal-place.ts';
import { readActing } from '../../../../src/slack/app/middleware/read-acting.ts';
import { printSubscriptionPlace } from '../../../../src/slack/listeners/subscription/subscription-place.ts';
import fc from '../../../properties.ts';

const somebody = (team: string | null, channel: string | null) => ({
  kind: 'person',
  userId: 'U1',
  team,
  channel,
});

describe('the workspace of whoever acts', () => {
  test.each([
    ['a command names it', { command: '/upgrades', user_id: 'U1', team_id: 'T5' }, 'T5'],
    ['a press names it', { user: { id: 'U1', team_id: 'T4' }, team: { id: 'T1' } }, 'T4'],
    ['a press names only ours', { user: { id: 'U1' }, team: { id: 'T1' } }, null],
    [
      'an event in a shared channel names it',
      { event: { type: 'app_mention', user: 'U1', user_team: 'T1', source_team: 'T2', team: 'T3' } },
      'T1',
    ],
    [
      'an event names where it came from',
      { event: { type: 'app_mention', user: 'U1', source_team: 'T2' } },
      'T2',
    ],
    [
      'an event names a team that proves nothing',
      { event: { type: 'message', channel_type: 'im', user: 'U1', team: 'T3' } },
      null,
    ],
    ['an event names none', { team_id: 'T9', event: { type: 'app_home_opened', user: 'U1' } }, null],
  ])('%s', (_case, body, team) => {
    expect(readActing(body)).toEqual(somebody(team, null));
  });
});

describe('the channel somebody acts in', () => {
  const pressed = { user: { id: 'U1', team_id: 'T1' } };
  const opened = (metadata: string) => ({ ...pressed, view: { private_metadata: metadata } });
  test.each([
    ['of a command', { command: '/upgrades', user_id: 'U1', team_id: 'T1', channel_id: 'C7' }, 'C7'],
    [
      'direct messages are none',
      { command: '/upgrades', user_id: 'U1', team_id: 'T1', channel_id: 'D7' },
      null,
    ],
    ['of a press', { ...pressed, channel: { id: 'C7' } }, 'C7'],
    ['a shortcut has none', pressed, null],
    ['of a list in a window', opened(printModalPlace({ channel: 'C7', threadTs: null })), 'C7'],
    [
      'of a window about a subscription',
      opened(printSubscriptionPlace({ here: { channel: 'C7', threadTs: null }, id: 's-1' })),
      'C7',
    ],
    [
      'of the details of a task',
      opened(
        printDetailState({
          ...{ operationId: 'op-1', tab: 'overview', status: 'all', page: 1 },
          ...{ channel: 'C7', threadTs: '1.1' },
        }),
      ),
      'C7',
    ],
    [
      'a window opened from nowhere has none',
      opened(printModalPlace({ channel: null, threadTs: null })),
      null,
    ],
    ['a window that is not ours has none', opened('{"c":7}'), null],
  ])('%s', (_case, body, channel) => {
    expect(readActing(body)).toEqual(somebody('T1', channel));
  });
});

describe('what no person wishes', () => {
  test.each(['channel_shared', 'channel_unshared', 'tokens_revoked', 'app_uninstalled'])(
    '%s is told by Slack itself',
    (type) => {
      expect(readActing({ event: { type, channel: 'C1' } })).toEqual({ kind: 'slack' });
    },
  );

  test.each([
    ['a program writes', { event: { type: 'message', channel: 'D1', user: 'U1', bot_id: 'B1' } }],
    [
      'a message was changed',
      { event: { type: 'message', channel: 'D1', user: 'U1', subtype: 'message_changed' } },
    ],
    ['an event without anybody', { event: { type: 'app_home_opened' } }],
    ['an event whose person is an object', { event: { type: 'app_mention', user: { id: 'U1' } } }],
    ['a command without anybody', { command: '/upgrades' }],
    ['nonsense', 'nonsense'],
  ])('%s: nobody', (_case, body) => {
    expect(readActing(body)).toEqual({ kind: 'nobody' });
  });

  test.each([
    ['a reaction', { event: { type: 'reaction_added', user: 'U1' } }, 'event reaction_added'],
    [
      'somebody joins',
      { event: { type: 'member_joined_channel', user: 'U1' } },
      'event member_joined_channel',
    ],
    ['a message among others', { event: { type: 'message', channel: 'C1', user: 'U1' } }, 'event message'],
    ['a new name', { event: { type: 'user_change', user: { id: 'U1' } } }, 'event user_change'],
    [
      'a window that is closed',
      { type: 'view_closed', user: { id: 'U1', team_id: 'T1' }, view: { callback_id: 'filter' } },
      'view_closed filter',
    ],
  ])('%s is nothing that is heard', (_case, body, what) => {
    expect(readActing(body)).toEqual({ kind: 'unheard', what });
  });

  test('anything is read without an error', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void readActing(body)));
  });
});
