import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type SimulatedOauth, startOauth } from '../../../sandbox/oauth/start-oauth.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { connectSlack } from '../../../src/slack/out/web-clients.ts';
import { connectWorkspaces } from '../../../src/slack/workspaces/connect-workspaces.ts';
import { createSoleLeases } from '../../../src/store/engine/lease-keeper.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { openTestStore } from '../../store/open-test-store.ts';

let store: Store;
let workspace: Workspace;
let oauth: SimulatedOauth;
beforeEach(async () => {
  store = await openTestStore();
  workspace = await startWorkspace();
  oauth = await startOauth([workspace]);
});
afterEach(async () => {
  await Promise.all([oauth.close(), workspace.close(), store.close()]);
});

function connect(allowedWorkspaces: readonly string[]) {
  const { clientId, clientSecret, apiUrl } = oauth;
  const settings = { botToken: null, apiUrl, oauth: { clientId, clientSecret, allowedWorkspaces } };
  const connected = connectWorkspaces(settings, {
    ...{ db: store.db, now: Date.now, log: pino({ level: 'silent' }), scopes: [] },
    exclusively: createSoleLeases().exclusively,
    fetch: connectSlack(() => undefined, null).fetch,
    onInstalled: () => undefined,
  });
  if (connected.installations === null) throw new Error('no installations');
  return { ...connected, installations: connected.installations };
}

/** An organisation installed the app for all of its workspaces; Slack names no single one then. */
async function installed(allowed: readonly string[]) {
  const connected = connect(allowed);
  await connected.installations.storeInstallation({
    team: undefined,
    enterprise: { id: 'E1', name: 'Acme Group' },
    isEnterpriseInstall: true,
    authVersion: 'v2',
    user: { id: 'U1', token: undefined, scopes: undefined },
    bot: { token: oauth.tokenOf(workspace), scopes: ['commands'], id: 'B1', userId: 'U2' },
  });
  return connected;
}

const from = (teamId: string) => ({ isEnterpriseInstall: true, enterpriseId: 'E1', teamId }) as const;

test('the people of all its workspaces are at home, and nobody else', async () => {
  const { workspaces } = await installed(['E1']);
  const { home, botUserId, teamId } = await workspaces.authorize(from(workspace.teamId));
  expect(home).toEqual({ id: 'E1', teams: new Set([workspace.teamId]), organisation: 'E1' });
  expect([botUserId, teamId]).toEqual(['U2', workspace.teamId]);
  const stranger = await workspaces.authorize(from('T0STRANGER'));
  expect(stranger.home?.teams.has('T0STRANGER')).toBe(false);
});

test('where Slack does not tell its workspaces, nobody is at home', async () => {
  const { workspaces } = await installed(['E1']);
  oauth.revoke(workspace);
  expect((await workspaces.authorize(from(workspace.teamId))).home).toEqual({
    id: 'E1',
    teams: new Set(),
    organisation: 'E1',
  });
});

test('a workspace that installed the app alone serves its own members, and knows its organisation', async () => {
  const { workspaces, installations } = connect([workspace.teamId]);
  await installations.storeInstallation({
    team: { id: workspace.teamId, name: 'Acme IoT' },
    enterprise: { id: 'E1', name: 'Acme Group' },
    isEnterpriseInstall: false,
    authVersion: 'v2',
    user: { id: 'U1', token: undefined, scopes: undefined },
    bot: { token: oauth.tokenOf(workspace), scopes: ['commands'], id: 'B1', userId: 'U2' },
  });
  const { home } = await workspaces.authorize({ ...from(workspace.teamId), isEnterpriseInstall: false });
  expect(home).toEqual({
    id: workspace.teamId,
    teams: new Set([workspace.teamId]),
    organisation: 'E1',
  });
});

test('it is not served where only one of its workspaces is allowed', async () => {
  const { workspaces } = await installed([workspace.teamId]);
  const { home, trouble, botToken } = await workspaces.authorize(from(workspace.teamId));
  expect([home, botToken, trouble?.code]).toEqual([null, undefined, 'workspace-not-installed']);
});
