import { describe, expect, test } from '@jest/globals';
import {
  type AccessRules,
  asksForMembers,
  decideAccess,
  decideTeam,
  maySubscribe,
  reservedIn,
} from '../../../src/core/access/access.ts';

const OPEN: AccessRules = { channels: null, userGroups: null, external: null, mention: null };
const CHANNELS: AccessRules = { ...OPEN, channels: new Set(['C1']) };
const GROUPS: AccessRules = { ...OPEN, userGroups: ['S1'] };
const BOTH: AccessRules = { ...CHANNELS, userGroups: ['S1'] };
const HOME = { teams: new Set(['T1']), organisation: null };
const GRID = { teams: new Set(['T1']), organisation: 'E1' };

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
  ['of ours', HOME, ['T1'], null, 'allowed'],
  ['of ours and of another one', GRID, ['T2', 'T1'], 'E1', 'allowed'],
  [
    'of any, where the organisation installed the app',
    { ...GRID, teams: new Set(['T1', 'T2']) },
    ['T2'],
    'E1',
    'allowed',
  ],
  ['of another one', HOME, ['T2'], null, 'outsider'],
  ['of another one of our organisation', GRID, ['T2'], 'E1', 'sibling'],
  ['of another organisation', GRID, ['T2'], 'E2', 'outsider'],
  ['of an organisation, while ours has none', HOME, ['T2'], 'E1', 'outsider'],
  ['of our organisation, nobody knows where', GRID, [], 'E1', 'unknown-team'],
  ['while nobody knows who is at home', { ...GRID, teams: new Set<string>() }, ['T1'], 'E1', 'unknown-team'],
])('somebody %s', (_case, home, teams, organisation, outcome) => {
  const decision = decideTeam(home, { teams: new Set(teams), organisation });
  expect(decision.allowed ? 'allowed' : decision.reason).toBe(outcome);
});

test('who cannot be placed is refused', () => {
  expect(decideTeam(HOME, null)).toEqual({ allowed: false, reason: 'unknown-team' });
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
