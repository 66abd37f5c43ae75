import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { addRunning, moves } from './harness/subscribing.ts';
import { type Installing, storyOfTwo } from './harness/two-workspaces.ts';

/** Subscribes a channel of the vendor's workspace to failures. */
async function subscribeVendor({ other }: Installing, channel = 'vendor-ops'): Promise<void> {
  await other.people.ask('bo', 'subscribe', channel);
  await other.claims.next({ kind: 'post', in: channel, to: 'everyone', says: [':bell:'] });
}

async function subscribeAcme({ s }: Installing): Promise<void> {
  await s.people.ask('ana', 'subscribe', OPS);
  await s.told({ kind: 'post', in: OPS, to: 'everyone', says: [':bell:'] });
}

describe('two workspaces install the app', () => {
  storyOfTwo('each asks, each is told of a failure in its own channel', async (two) => {
    const { s, other, acme, vendor } = two;
    addRunning(s, 'op-1');
    await two.start();
    for (const workspace of [acme, vendor]) {
      const page = await two.install(workspace);
      expect(page.status).toBe(200);
      expect(page.text).toContain('/invite @upgrades');
    }
    await s.log.until(
      ({ msg, workspace }) => msg === 'workspace installed' && workspace === vendor.teamId,
      'so',
    );

    expect((await s.people.ask('ana', 'running')).text).toContain('op-1');
    expect((await other.people.ask('bo', 'running', 'vendor-ops')).text).toContain('op-1');

    await subscribeAcme(two);
    await subscribeVendor(two);
    await moves(s, 'op-1', 'failed');
    await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
    await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1', 'failed'] });
  });

  storyOfTwo('nobody sees what another workspace is told', async (two) => {
    const { s, other, acme, vendor } = two;
    await two.start();
    await two.install(acme);
    await two.install(vendor);
    await subscribeAcme(two);
    await subscribeVendor(two);

    await acme.openHome('ana');
    await vendor.openHome('bo');
    const homeOf = async (workspace: typeof acme, user: string) => {
      const view = await workspace.until((seen) => seen.home(user)?.view, {
        what: `the home tab of ${user}`,
      });
      return JSON.stringify(view);
    };
    const [ours, theirs] = [acme.channelInfo(OPS).id, vendor.channelInfo('vendor-ops').id];
    const [ana, bo] = [await homeOf(acme, 'ana'), await homeOf(vendor, 'bo')];
    expect([ana.includes(ours), ana.includes(theirs)]).toEqual([true, false]);
    expect([bo.includes(ours), bo.includes(theirs)]).toEqual([false, true]);
    expect((await s.people.ask('ana', 'subscriptions')).text).toContain('on:failed,failing,stalled');
    expect((await other.people.ask('bo', 'subscriptions', 'vendor-alerts')).text).toContain(
      'Nothing is told here',
    );
  });

  storyOfTwo(
    'in a channel they share, each is answered as its own, and only one is told there',
    async (two) => {
      const { s, acme, vendor } = two;
      addRunning(s, 'op-1');
      await two.start();
      await two.install(acme);
      const before = await s.people.ask('olga', 'running', 'shared-vendor');
      expect(before.to).toBe('olga');
      expect(before.text).toContain('Only members of the workspace that installed me');

      await two.install(vendor);
      const list = await s.people.ask('ana', 'running private', 'shared-vendor');
      expect(list.text).toContain('op-1');
      const own = await s.people.ask('olga', 'running private', 'shared-vendor');
      expect(own.text).toContain('op-1');

      await s.people.ask('ana', 'subscribe external:yes', 'shared-vendor');
      await s.told({ kind: 'post', in: 'shared-vendor', to: 'everyone', says: [':bell:'] });
      for (const line of ['subscribe stalled', 'unsubscribe', 'subscriptions', 'why op-1']) {
        const refused = await s.people.ask('olga', line, 'shared-vendor');
        expect(refused).toMatchObject({ to: 'olga' });
        expect(refused.text).toContain('its alerts belong to another one');
      }
      await moves(s, 'op-1', 'failed');
      const root = await s.told({ kind: 'post', in: 'shared-vendor', says: ['op-1', 'failed'] });
      const pressed = await s.people.press('olga', root, { label: 'Acknowledge' });
      expect(pressed.to).toBe('olga');
      expect(pressed.text).toContain('Only members of the workspace that installed me');
    },
  );
});

describe('over Socket Mode', () => {
  storyOfTwo('the pages of the installation are served beside the socket', async (two) => {
    const { s, acme } = two;
    await s.start(two.env({ SLACK_APP_TOKEN: acme.appToken, SLACK_SIGNING_SECRET: '' }));
    await acme.until((seen) => seen.socketCount > 0, { what: 'a socket' });
    expect((await two.install(acme)).text).toContain('The bot is now in Acme IoT');
    expect((await s.people.ask('ana', 'help')).text).toContain('/upgrades');
  });
});

describe('an installation that does not come about', () => {
  storyOfTwo('a workspace that is not allowed is refused, and its token given back', async (two) => {
    const { s, oauth, acme, vendor } = two;
    await two.start({ ALLOWED_WORKSPACES: acme.teamId });
    const page = await two.install(vendor);
    expect(page.status).toBe(403);
    expect(page.text).toContain('not meant for that workspace');
    expect(oauth.exchanges).toEqual([{ kind: 'code', error: null }]);
    expect(oauth.isLive(vendor)).toBe(false);
    const line = await s.log.until(({ reason }) => reason === 'workspace-not-allowed', 'why');
    expect(line.workspace).toBe(vendor.teamId);

    const { people, claims } = two.other;
    expect((await people.ask('bo', 'failed', 'vendor-ops')).text).toContain('Only members of the workspace');
    expect(claims.unclaimed()).toEqual([]);
  });

  storyOfTwo('without the cookie of the browser that began it, no code is exchanged', async (two) => {
    const { s, oauth, acme } = two;
    await two.start();
    const { link, cookie } = await two.openInstallPage();
    const query = oauth.allow(link, acme);
    for (const other of ['', '__Host-upgrades-install=forged']) {
      const page = await two.comeBack(query, other);
      expect(page.status).toBe(400);
      expect(page.text).toContain('Start again');
    }
    const forged = query.replace(/state=[^&]*/, 'state=forged');
    expect((await two.comeBack(forged, '__Host-upgrades-install=forged')).status).toBe(400);
    expect(oauth.exchanges).toEqual([]);
    expect((await two.comeBack(query, cookie)).status).toBe(200);
    expect((await two.comeBack(query, cookie)).status).toBe(400);
    await s.log.until(({ failure }) => failure === 'stale', 'that it was stale');
  });

  storyOfTwo('a state holds once: two hundred callbacks with it ask Slack once', async (two) => {
    const { s, oauth, acme } = two;
    await two.start();
    const { link, cookie } = await two.openInstallPage();
    const query = oauth.allow(link, acme);
    const visits = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        two.comeBack(query.replace(/code=([^&]*)/, n === 0 ? 'code=$1' : `code=guessed-${n}`), cookie),
      ),
    );
    expect(visits.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(199);
    expect(oauth.exchanges).toHaveLength(1);
    await s.log.until(({ failure }) => failure === 'stale', 'that it was stale');
  });

  storyOfTwo('the cookie of the state is for this host, this browser and this way only', async (two) => {
    await two.start();
    const page = await fetch(`${two.address}/slack/install`);
    const [value, ...attributes] = (page.headers.get('set-cookie') ?? '').split('; ');
    expect(value).toMatch(/^__Host-/);
    expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax', 'Secure']);
  });

  storyOfTwo('who presses Cancel at Slack is led back', async (two) => {
    await two.start();
    const { cookie } = await two.openInstallPage();
    const page = await two.comeBack('error=access_denied&state=x', cookie);
    expect(page.text).toContain('nothing was installed');
    expect(two.oauth.exchanges).toEqual([]);
  });
});

describe('a workspace that removes the app', () => {
  storyOfTwo(
    'its notices are kept until it installs the app again; the other goes on being told',
    async (two) => {
      const { s, oauth, other, acme, vendor } = two;
      addRunning(s, 'op-1');
      await two.start();
      await two.install(acme);
      await two.install(vendor);
      await subscribeAcme(two);
      await subscribeVendor(two);

      await oauth.uninstall(vendor);
      await s.log.until(
        ({ outcome, workspace }) => outcome === 'lost' && workspace === vendor.teamId,
        'the loss',
      );
      expect((await other.people.ask('bo', 'failed', 'vendor-ops')).text).toContain(
        'Only members of the workspace',
      );
      await moves(s, 'op-1', 'failed');
      await s.told({ kind: 'post', in: OPS, says: ['op-1', 'failed'] });
      expect(other.claims.unclaimed()).toEqual([]);

      await two.install(vendor);
      await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1'] });
      expect((await other.people.ask('bo', 'subscriptions', 'vendor-ops')).text).toContain('on:failed');
    },
  );

  storyOfTwo('an event about tokens of before changes nothing', async (two) => {
    const { s, acme, vendor, other } = two;
    await two.start();
    await two.install(vendor);
    await vendor.sendEvent({ type: 'tokens_revoked', tokens: { oauth: [], bot: [vendor.botUserId] } });
    await s.log.until(({ outcome }) => outcome === 'still-installed', 'that nothing was lost');
    await acme.sendEvent({ type: 'app_uninstalled' });
    await s.log.until(({ outcome }) => outcome === 'none', 'that there was nothing to lose');
    expect((await other.people.ask('bo', 'help', 'vendor-ops')).text).toContain('/upgrades');
  });
});
