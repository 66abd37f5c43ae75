import { describe, expect, test } from '@jest/globals';
import { readBelonging } from '../../../src/slack/workspaces/teams-of-person.ts';

const GRID = { id: 'U1', enterprise_id: 'E1', enterprise_name: 'Acme Group', is_admin: false };

describe('where somebody belongs, as users.info says', () => {
  test.each<[string, object, readonly string[], string | null]>([
    ['a workspace of its own', { team_id: 'T1' }, ['T1'], null],
    ['one of an organisation', { team_id: 'T1', enterprise_user: { ...GRID, teams: ['T1'] } }, ['T1'], 'E1'],
    ['several, and no team_id', { enterprise_user: { ...GRID, teams: ['T1', 'T2'] } }, ['T1', 'T2'], 'E1'],
    ['several beside the person', { teams: ['T1', 'T2'], enterprise_id: 'E1' }, ['T1', 'T2'], 'E1'],
    [
      'a team_id the list lacks',
      { team_id: 'T3', enterprise_user: { ...GRID, teams: ['T1'] } },
      ['T3', 'T1'],
      'E1',
    ],
    ['an organisation in place of a workspace', { team_id: 'E1', teams: ['T1'] }, ['T1'], 'E1'],
    ['an organisation alone', { enterprise_user: { ...GRID, teams: null } }, [], 'E1'],
    ['members of odd types', { team_id: 'T1', teams: [7], enterprise_user: 'E1' }, ['T1'], null],
  ])('%s', (_case, user, teams, organisation) => {
    expect(readBelonging({ ok: true, user })).toEqual({ teams: new Set(teams), organisation });
  });

  test.each([{}, { user: {} }, { user: { team_id: '', teams: [] } }, 'nonsense'])(
    '%j says nothing',
    (info) => {
      expect(() => readBelonging(info)).toThrow();
    },
  );
});
