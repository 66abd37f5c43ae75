import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startOauth } from '../../../../sandbox/oauth/start-oauth.ts';
import { startWorkspace } from '../../../../sandbox/workspace/start-workspace.ts';
import { connectSlack } from '../../../../src/slack/out/web-clients.ts';
import { connectWorkspaces } from '../../../../src/slack/workspaces/connect-workspaces.ts';
import { createSoleLeases } from '../../../../src/store/engine/lease-keeper.ts';
import { openTestStore } from '../../../store/open-test-store.ts';

const HOUR = 3_600;

/** How often a token is renewed whose end is dated so many seconds ahead, while it is asked for three times. */
async function renewals(secondsLeft: number): Promise<number> {
  const [store, workspace] = [await openTestStore(), await startWorkspace()];
  const oauth = await startOauth([workspace], { rotation: { first: 7_000, renewed: 12 * HOUR } });
  const { apiUrl, clientId, clientSecret } = oauth;
  const settings = {
    ...{ botToken: null, apiUrl },
    oauth: { clientId, clientSecret, allowedWorkspaces: [workspace.teamId] },
  };
  const { workspaces, installations } = connectWorkspaces(settings, {
    ...{ db: store.db, now: Date.now, log: pino({ level: 'silent' }), scopes: ['commands'] },
    exclusively: createSoleLeases().exclusively,
    fetch: connectSlack(() => undefined, null).fetch,
    onInstalled: () => undefined,
  });
  try {
    const { accessToken: token, refreshToken } = oauth.expiringTokenOf(workspace);
    const expiresAt = Math.floor(Date.now() / 1_000) + secondsLeft;
    await installations?.storeInstallation({
      ...{ team: { id: workspace.teamId }, enterprise: undefined, authVersion: 'v2' },
      user: { id: 'U1', token: undefined, scopes: undefined },
      bot: { token, refreshToken, expiresAt, scopes: ['commands'], id: 'B1', userId: 'U2' },
    });
    for (let asked = 0; asked < 3; asked += 1) await workspaces.clientOf(workspace.teamId);
    return oauth.exchanges.filter(({ kind, error }) => kind === 'refresh' && error === null).length;
  } finally {
    await Promise.all([oauth.close(), workspace.close(), store.close()]);
  }
}

test.each([
  ['with half its life left stays', 6 * HOUR, 0],
  ['with less than two hours left is renewed', HOUR, 1],
  ['that seems to live for longer than any, since the clock was set back, is renewed', 36 * HOUR, 1],
])('a token %s', async (_name, secondsLeft, times) => {
  expect(await renewals(secondsLeft)).toBe(times);
});
