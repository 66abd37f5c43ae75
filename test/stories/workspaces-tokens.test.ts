import { describe, expect } from '@jest/globals';
import { runMain } from './harness/bot-process.ts';
import { alertsTo, OPS } from './harness/environment.ts';
import { addRunning, moves } from './harness/subscribing.ts';
import { type Installing, storyOfTwo } from './harness/two-workspaces.ts';

/** The first token is due to be renewed at once, the next is good for half a day. */
const DUE_AT_ONCE = { first: 7_000, renewed: 43_200 };
/** Every token is due for renewal as soon as it is there. */
const ALWAYS_DUE = { first: 7_000, renewed: 7_000 };

const renewals = ({ oauth }: Installing) => oauth.exchanges.filter(({ kind }) => kind === 'refresh');

describe('tokens that expire', () => {
  storyOfTwo(
    'are renewed once, however many people ask at the same moment',
    async (two) => {
      const { s } = two;
      await two.start();
      await two.install(two.acme);
      const everybody = ['ana', 'wei', 'sam'];
      await Promise.all(everybody.map((user) => s.people.command({ user, channel: OPS, text: 'help' })));
      for (const to of everybody) await s.told({ kind: 'response', to });
      expect(renewals(two)).toEqual([{ kind: 'refresh', error: null }]);
      await s.people.ask('ana', 'help');
      expect(renewals(two)).toHaveLength(1);
    },
    { rotation: DUE_AT_ONCE },
  );

  storyOfTwo(
    'are renewed while notices go out, and after a restart with what was stored',
    async (two) => {
      const { s, other } = two;
      addRunning(s, 'op-1');
      await two.start();
      await two.install(two.vendor);
      await other.people.ask('bo', 'subscribe', 'vendor-ops');
      await other.claims.next({ kind: 'post', in: 'vendor-ops', says: [':bell:'] });
      await moves(s, 'op-1', 'failed');
      const root = await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1', 'failed'] });
      await s.stop();
      await two.start();
      await moves(s, 'op-1', 'processing');
      await other.claims.edit(root, ['running']);
      await other.claims.next({ kind: 'post', thread: root.post.ts });
      expect(renewals(two).length).toBeGreaterThan(2);
      expect(renewals(two).every(({ error }) => error === null)).toBe(true);
    },
    { rotation: ALWAYS_DUE },
  );

  storyOfTwo(
    'are renewed though Slack’s answer was lost: it is asked for again at once',
    async (two) => {
      const { s, oauth, acme } = two;
      await two.start();
      await two.install(acme);
      oauth.loseRenewals(1);
      expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
      expect(renewals(two)).toEqual([
        { kind: 'refresh', error: null },
        { kind: 'refresh', error: null },
      ]);
      expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
      expect(renewals(two)).toHaveLength(2);
    },
    { rotation: DUE_AT_ONCE },
  );

  storyOfTwo(
    'are good to their end where a renewal is refused, and the log says to install again',
    async (two) => {
      const { s, oauth, acme } = two;
      await two.start();
      await two.install(acme);
      oauth.refuseRenewal(acme);
      s.log.expect(/"code":"workspace-refused".*Install the app again there/);
      expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
      expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
      // Not once for each question: people have to mend it.
      expect(renewals(two)).toEqual([{ kind: 'refresh', error: 'invalid_refresh_token' }]);
      const line = s.log.lines.find(({ code }) => code === 'workspace-refused');
      expect(line).toMatchObject({ workspace: acme.teamId, problem: expect.stringContaining(acme.teamId) });
    },
    { rotation: DUE_AT_ONCE },
  );

  storyOfTwo(
    'that ran out and are not renewed stop nobody else, and whoever asks is told what to do',
    async (two) => {
      const { s, oauth, other, acme, vendor } = two;
      addRunning(s, 'op-1');
      await two.start();
      await two.install(acme);
      await s.people.ask('ana', 'subscribe', OPS);
      await s.told({ kind: 'post', in: OPS, says: [':bell:'] });
      await two.install(vendor);
      await other.people.ask('bo', 'subscribe', 'vendor-ops');
      await other.claims.next({ kind: 'post', in: 'vendor-ops', says: [':bell:'] });

      // Installed anew, with a token of a second that is not renewed.
      await two.install(vendor);
      oauth.refuseRenewal(vendor);
      s.log.expect(/"code":"workspace-refused"/);
      let answered = '';
      while (!answered.includes('install it here again')) {
        answered = (await other.people.ask('bo', 'help', 'vendor-ops')).text;
      }
      await moves(s, 'op-1', 'failed');
      await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });

      await two.install(vendor);
      s.clock.advance(61_000);
      await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1', 'failed'] });
    },
    { rotation: { first: 1, renewed: 43_200 } },
  );
});

describe('what was installed and cannot be used', () => {
  storyOfTwo('with another client secret counts as not installed, and is said', async (two) => {
    const { s, acme } = two;
    await two.start();
    await two.install(acme);
    await s.stop();
    await two.start({ SLACK_CLIENT_SECRET: 'another-secret' });
    s.log.expect(/SLACK_CLIENT_SECRET.*"reason":"installation-unreadable"/);
    expect((await s.people.ask('ana', 'help')).text).toContain('Only members of the workspace');
  });

  storyOfTwo('and is no longer allowed is left: its token is revoked, and nobody served', async (two) => {
    const { s, oauth, acme, vendor } = two;
    await two.start();
    await two.install(acme);
    await s.stop();
    expect(oauth.isLive(acme)).toBe(true);
    await two.start({ ALLOWED_WORKSPACES: vendor.teamId });
    await s.log.until(({ msg }) => msg.startsWith('left a workspace'), 'that it was left');
    expect(oauth.isLive(acme)).toBe(false);
    expect((await s.people.ask('ana', 'help')).text).toContain('Only members of the workspace');
    await s.stop();
    await two.start();
    expect((await s.people.ask('ana', 'help')).text).toContain('Only members of the workspace');
    expect((await two.install(acme)).status).toBe(200);
  });
});

describe('the settings', () => {
  storyOfTwo(
    'ALERT_CHANNEL is the first workspace’s; what it missed before it installed is told then',
    async (two) => {
      const { s, acme } = two;
      addRunning(s, 'op-1');
      await two.start(alertsTo(s));
      s.log.expect(/its notifications are kept back.*"reason":"app_uninstalled"/);
      await s.log.until(({ reason }) => reason === 'app_uninstalled', 'that nobody can be told');
      await moves(s, 'op-1', 'failed');
      await two.install(acme);
      await s.told({ kind: 'post', in: OPS, says: ['I watch 1 upgrade task'] });
      await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
    },
  );

  storyOfTwo('a bot token serves its own workspace beside those that install the app', async (two) => {
    const { s, oauth, other, acme, vendor } = two;
    addRunning(s, 'op-1');
    await two.start({
      ...alertsTo(s),
      SLACK_BOT_TOKEN: oauth.tokenOf(acme),
      ALLOWED_WORKSPACES: vendor.teamId,
    });
    await s.told({ kind: 'post', in: OPS, says: ['I watch'] });
    // Slack hands out the same token again: given back, it would be lost to the settings as well.
    expect((await two.install(acme)).text).toContain('served already');
    await two.install(vendor);
    expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
    await other.people.ask('bo', 'subscribe', 'vendor-ops');
    await other.claims.next({ kind: 'post', in: 'vendor-ops', says: [':bell:'] });
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
    await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1', 'failed'] });
  });

  storyOfTwo(
    '`check` names each workspace, and where to install the first',
    async (two) => {
      const { s, oauth, acme, vendor } = two;
      const check = async () => {
        const process = runMain({ ...s.env(two.env()), PORT: '3000' }, ['check']);
        const { code } = await process.ended;
        return { code, text: process.stdout() };
      };
      const before = await check();
      expect(before.text).not.toContain('FAILED');
      expect(before.code).toBe(0);
      expect(before.text).toContain('no workspace is installed yet');
      expect(before.text).toContain('http://localhost:3000/slack/install');

      await two.start();
      await two.install(acme);
      await two.install(vendor);
      await s.stop();
      const fine = await check();
      expect(fine.code).toBe(0);
      expect(fine.text).toContain(`workspace ${acme.teamName} (${acme.teamId}): the bot token is valid`);
      expect(fine.text).toContain(`workspace ${vendor.teamName} (${vendor.teamId}): the bot token is valid`);

      oauth.revoke(vendor);
      const broken = await check();
      expect(broken.code).toBe(1);
      expect(broken.text).toMatch(/FAILED .*T0PARTNER1.*token_revoked.*\/slack\/install/);
      await two.start();
    },
    { time: 'real' },
  );
});
