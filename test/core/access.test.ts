import { describe, expect, test } from '@jest/globals';
import {
  type AccessRules,
  asksForMembers,
  decideAccess,
  decideTeam,
  maySubscribe,
  reservedIn,
} from '../../src/core/access.ts';

const OPEN: AccessRules = { channels: null, userGroups: null, external: null, mention: null };
const CHANNELS: AccessRules = { ...OPEN, channels: new Set(['C1']) };
const GROUPS: AccessRules = { ...OPEN, userGroups: ['S1'] };
const BOTH: AccessRules = { ...CHANNELS, userGroups: ['S1'] };

describe('who may use the bot where', () => {
  test.each([
    ['no rules, any channel', OPEN, 'C9', 'stranger', 'allowed'],
    ['no rules, no channel', OPEN, null, 'unknown', 'allowed'],
    ['channels, a listed one', CHANNELS, 'C1', 'stranger', 'allowed'],
    ['channels, another one', CHANNELS, 'C9', 'stranger', 'channel-not-allowed'],
    ['channels, no channel', CHANNELS, null, 'stranger', 'place-not-allowed'],
    ['groups, a member', GROUPS, 'C9', 'member', 'allowed'],
    ['groups, a member and no channel', GROUPS, null, 'member', 'allowed'],
    ['groups, somebody else', GROUPS, 'C9', 'stranger', 'not-in-usergroup'],
    ['groups, nobody knows', GROUPS, 'C9', 'unknown', 'unknown-membership'],
    ['both, a member in a listed channel', BOTH, 'C1', 'member', 'allowed'],
    ['both, a member elsewhere', BOTH, 'C9', 'member', 'channel-not-allowed'],
    ['both, a member in no channel', BOTH, null, 'member', 'allowed'],
    ['both, somebody else in a listed channel', BOTH, 'C1', 'stranger', 'not-in-usergroup'],
    ['both, nobody knows, no channel', BOTH, null, 'unknown', 'unknown-membership'],
  ] as const)('%s', (_case, rules, channel, membership, outcome) => {
    const decision = decideAccess(rules, channel, membership);
    expect(decision.allowed ? 'allowed' : decision.reason).toBe(outcome);
  });
});

test.each([
  ['of ours', ['T1'], 'T1', 'allowed'],
  ['of a workspace of our organisation', ['T1', 'T2'], 'T2', 'allowed'],
  ['of another one', ['T1'], 'T2', 'outsider'],
  ['of nobody knows which', ['T1'], null, 'unknown-team'],
  ['while we do not know ourselves', [], 'T1', 'outsider'],
])('somebody %s', (_case, home, team, outcome) => {
  const decision = decideTeam(new Set(home), team);
  expect(decision.allowed ? 'allowed' : decision.reason).toBe(outcome);
});

test('only listed channels are subscribed, direct messages never are where there is a list', () => {
  expect(maySubscribe(OPEN, 'D1')).toBe(true);
  expect(maySubscribe(BOTH, 'C1')).toBe(true);
  expect(maySubscribe(BOTH, 'C9')).toBe(false);
  expect(maySubscribe(BOTH, 'D1')).toBe(false);
});

test.each([
  ['nothing', {}, [], []],
  ['a person called', {}, ['person'], []],
  ['a group called beside a person', {}, ['person', 'group'], ['mention']],
  ['everybody who is about called', {}, ['here'], ['mention']],
  ['the word for other organisations', { external: true }, [], ['external']],
  ['that word taken back', { external: false }, [], []],
  ['both', { external: true }, ['here'], ['external', 'mention']],
] as const)(
  'of a subscription with %s the settings can keep this for some: %j',
  (_case, word, kinds, reserved) => {
    const mentions = kinds.map((kind) => (kind === 'here' ? { kind } : { kind, id: 'S1' }));
    expect(reservedIn({ ...word, mentions })).toEqual(reserved);
  },
);

test.each([
  [OPEN, false],
  [CHANNELS, false],
  [GROUPS, true],
  [{ ...OPEN, external: ['S1'] }, true],
  [{ ...OPEN, mention: ['S1'] }, true],
  [{ ...OPEN, external: [], mention: [] }, false],
])('Slack is asked for members only where the settings name a group: %#', (rules, asks) => {
  expect(asksForMembers(rules)).toBe(asks);
});
