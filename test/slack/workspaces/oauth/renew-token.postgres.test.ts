import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startOauth } from '../../../../sandbox/oauth/start-oauth.ts';
import { startWorkspace } from '../../../../sandbox/workspace/start-workspace.ts';
import { connectSlack } from '../../../../src/slack/out/web-clients.ts';
import { connectWorkspaces } from '../../../../src/slack/workspaces/connect-workspaces.ts';
import { createStoreLeases } from '../../../../src/store/engine/lease-keeper.ts';
import { openTestStore } from '../../../store/open-test-store.ts';

test('two processes that need a new token at the same moment renew it once', async () => {
  const [store, workspace] = [await openTestStore(), await startWorkspace()];
  const oauth = await startOauth([workspace], { rotation: { first: 7_000, renewed: 43_200 } });
  const { apiUrl, clientId, clientSecret } = oauth;
  const settings = {
    ...{ botToken: null, apiUrl },
    oauth: { clientId, clientSecret, allowedWorkspaces: [workspace.teamId] },
  };
  const processes = [1, 2].map(() => {
    const leases = createStoreLeases({
      ...{ db: store.db, holder: randomUUID(), monotonic: () => performance.now() },
      delay: async (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
      onTrouble: () => undefined,
    });
    const connected = connectWorkspaces(settings, {
      ...{ db: store.db, now: Date.now, log: pino({ level: 'silent' }), scopes: ['commands'] },
      exclusively: leases.exclusively,
      fetch: connectSlack(() => undefined, null).fetch,
      onInstalled: () => undefined,
    });
    return { ...connected, leases };
  });
  try {
    const { accessToken: token, refreshToken } = oauth.expiringTokenOf(workspace);
    await processes[0]?.installations?.storeInstallation({
      ...{ team: { id: workspace.teamId }, enterprise: undefined, authVersion: 'v2' },
      user: { id: 'U1', token: undefined, scopes: undefined },
      bot: { token, refreshToken, expiresAt: 0, scopes: ['commands'], id: 'B1', userId: 'U2' },
    });
    const clients = await Promise.all(
      [...processes, ...processes].map(({ workspaces }) => workspaces.clientOf(workspace.teamId)),
    );
    expect(new Set(clients.map((client) => client.token)).size).toBe(1);
    expect(oauth.exchanges).toEqual([{ kind: 'refresh', error: null }]);
  } finally {
    await Promise.all(processes.map(({ leases }) => leases.stop()));
    await Promise.all([oauth.close(), workspace.close(), store.close()]);
  }
});
