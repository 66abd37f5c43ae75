import { describe, expect } from '@jest/globals';
import { DEFAULT_PEOPLE } from '../../sandbox/workspace/directory.ts';
import { DEFAULT_SCOPES } from '../../sandbox/workspace/options.ts';
import { OPS } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

/** An organisation of two workspaces, of which one installed the app: bea is in both, sid is in the other one only. */
const GRID = {
  workspace: {
    organisation: 'E0ACME0001',
    people: [...DEFAULT_PEOPLE, { name: 'bea', team: 'both' }, { name: 'sid', team: 'sibling' }],
  },
} as const;
const ELSEWHERE = 'you are in another workspace of this organisation';

const reasons = (s: Story) => s.log.lines.filter(({ msg }) => msg === 'refused').map(({ reason }) => reason);

describe('an Enterprise Grid organisation, where one workspace installed the app', () => {
  story(
    'a member of several workspaces is served, whichever one of them Slack names',
    async (s) => {
      for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
      await s.start();
      const list = await s.people.ask('bea', 'failed');
      expect(list.text).toContain('1–10 of 12');
      expect((await s.people.press('bea', list, { label: 'Next ▶' })).text).toContain('11–12 of 12');
      await s.workspace.mention({ user: 'bea', channel: OPS, text: 'failed' });
      await s.told({ kind: 'post', in: OPS, says: ['1–10 of 12'] });
      await s.workspace.directMessage({ user: 'bea', text: 'failed' });
      await s.told({ kind: 'post', says: ['1–10 of 12'] });
      await s.workspace.openHome('bea');
      await s.workspace.until((seen) => seen.home('bea'), { what: 'a home tab' });
      expect(reasons(s)).toEqual([]);
    },
    GRID,
  );

  story(
    'who is in another workspace only is refused, and hears why',
    async (s) => {
      for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
      await s.start();
      const list = await s.people.ask('ana', 'failed');
      const before = s.platform.calls.length;
      for (const refused of [
        await s.people.ask('sid', 'failed'),
        await s.people.press('sid', list, { label: 'Next ▶' }),
      ]) {
        expect(refused.to).toBe('sid');
        expect(refused.text).toContain(ELSEWHERE);
      }
      expect(s.platform.calls).toHaveLength(before);
      expect(reasons(s)).toEqual(['sibling', 'sibling']);
    },
    GRID,
  );

  story(
    'people of another organisation stay outsiders',
    async (s) => {
      await s.start();
      const { text, to } = await s.people.ask('olga', 'failed', 'shared-vendor');
      expect(to).toBe('olga');
      expect(text).toContain('Only members of the workspace that installed me');
      expect(text).not.toContain(ELSEWHERE);
      expect(reasons(s)).toEqual(['outsider']);
    },
    GRID,
  );

  story(
    'where Slack does not say which workspaces somebody is in, nobody is called an outsider for it',
    async (s) => {
      s.fleet.addTask({ status: 'failed' });
      await s.start();
      const list = await s.people.ask('ana', 'failed');
      const { text, to } = await s.people.press('bea', list, { label: 'Refresh' });
      expect(to).toBe('bea');
      expect(text).toContain('I could not find out which workspace you belong to');
      expect(reasons(s)).toEqual(['unknown-team']);
    },
    { ...GRID, scopes: DEFAULT_SCOPES.filter((scope) => scope !== 'users:read') },
  );
});
