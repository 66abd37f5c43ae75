import { describe, expect } from '@jest/globals';
import { DEFAULT_SCOPES } from '../../sandbox/workspace/options.ts';
import { OPS } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { subscribe, subscriptionsOf } from './harness/subscribing.ts';

const GROUP = 'S0ONCALL01';
const SHARED = 'shared-vendor';
const WITH_GROUPS = { scopes: [...DEFAULT_SCOPES, 'usergroups:read'] };
const looksAt = (s: Story, method: string) =>
  s.workspace.apiCalls.filter((call) => call.method === method).length;

describe('the members of user groups', () => {
  story(
    'are let in, others are told what to do; who is in them is asked once in five minutes',
    async (s) => {
      s.clock.halt();
      await s.start({ ALLOWED_USERGROUPS: GROUP });
      for (const user of ['ana', 'wei', 'ana']) {
        expect((await s.people.ask(user, 'health')).text).toContain('Watching');
      }
      const { text, to } = await s.people.ask('sam', 'health');
      expect(to).toBe('sam');
      expect(text).toContain(`Only members of the user group \`${GROUP}\` may use me`);
      expect(looksAt(s, 'usergroups.users.list')).toBe(1);
      s.clock.advance(5 * 60_000);
      await s.people.ask('wei', 'health');
      expect(looksAt(s, 'usergroups.users.list')).toBe(2);
    },
    WITH_GROUPS,
  );

  story(
    'of several groups are let in by one of them, also where another one is gone',
    async (s) => {
      await s.start({ ALLOWED_USERGROUPS: `S0GONE0001,${GROUP}` });
      expect((await s.people.ask('ana', 'health')).text).toContain('Watching');
      const { text } = await s.people.ask('sam', 'health');
      expect(text).toContain('Slack did not tell me who is in the user groups');
      await s.log.until(({ reason }) => reason === 'no_such_subteam', 'which group is gone');
    },
    WITH_GROUPS,
  );

  story('are let in nowhere while Slack does not say who they are', async (s) => {
    await s.start({ ALLOWED_USERGROUPS: GROUP });
    const { text, to } = await s.people.ask('ana', 'health');
    expect(to).toBe('ana');
    expect(text).toContain('has to grant me the scope `usergroups:read`');
    expect(s.log.lines).toContainEqual(
      expect.objectContaining({ msg: 'refused', reason: 'unknown-membership' }),
    );
    expect(s.log.lines).toContainEqual(expect.objectContaining({ group: GROUP, reason: 'missing_scope' }));
  });

  story(
    'are let in at the next question when Slack was slow at the first',
    async (s) => {
      await s.start({ ALLOWED_USERGROUPS: GROUP });
      const slow = { method: 'usergroups.users.list', kind: 'hang' } as const;
      const fault = s.workspace.fault(slow);
      const asked = await s.people.ask('ana', 'health');
      expect(asked.text).toContain('Slack did not tell me who is in the user groups');
      expect(asked.ack.status).toBe(200);
      fault.clear();
      await s.workspace.until(
        ({ apiCalls }) => apiCalls.some(({ method, ok }) => method === slow.method && ok),
        { what: 'that Slack told it after all' },
      );
      expect((await s.people.ask('ana', 'health')).text).toContain('Watching');
    },
    WITH_GROUPS,
  );

  story(
    'may ask in direct messages and at home where only channels are allowed',
    async (s) => {
      await s.start({
        ALLOWED_USERGROUPS: GROUP,
        ALLOWED_CHANNELS: s.workspace.channelInfo('iot-ops').id,
      });
      await s.workspace.directMessage({ user: 'ana', text: 'help' });
      await s.told({ kind: 'post', says: ['Ask about upgrade tasks'] });
      await s.workspace.directMessage({ user: 'sam', text: 'help' });
      await s.told({ kind: 'post', says: ['Only members of the user group'] });
      const { text } = await s.people.ask('ana', 'help', 'iot-alerts');
      expect(text).toContain('I may not be used in this channel');
    },
    WITH_GROUPS,
  );
});

describe('the channels of the settings', () => {
  story('alone may be used; a window opened there goes on working', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start({ ALLOWED_CHANNELS: s.workspace.channelInfo('iot-ops').id });
    const list = await s.people.ask('ana', 'failed');
    await s.people.pressOnly('ana', list, { label: 'Filter…' });
    const modal = await s.workspace.until((seen) => seen.modal('ana'));
    await s.workspace.submitView({ user: 'ana', viewId: modal.id });
    await s.workspace.until((seen) => {
      const shown = seen.modal('ana');
      return shown && seen.plainView(shown.view).includes('op-1');
    });
    const { text, to } = await s.people.ask('ana', 'failed', 'iot-alerts');
    expect(to).toBe('ana');
    expect(text).toContain('I may not be used in this channel');
    expect((await s.people.ask('ana', 'subscribe', 'iot-alerts')).text).toContain('may not be used');
  });
});

describe('subscribing', () => {
  story(
    'is for the channels of the settings alone, whoever asks for it where',
    async (s) => {
      const ops = s.workspace.channelInfo('iot-ops').id;
      await s.start({ ALLOWED_USERGROUPS: GROUP, ALLOWED_CHANNELS: ops });
      await s.workspace.directMessage({ user: 'ana', text: 'subscribe failed' });
      await s.told({ kind: 'post', says: ['I may tell certain channels only', 'nothing was saved'] });
      await s.people.ask('ana', 'subscribe failed');
      await s.told({ kind: 'post', in: 'iot-ops', says: [':bell:'] });
    },
    WITH_GROUPS,
  );

  story('that was done before the settings left a channel out goes on, and the log names it', async (s) => {
    await s.start();
    await subscribe(s, 'failed', 'iot-alerts');
    await s.restart({ ALLOWED_CHANNELS: s.workspace.channelInfo('iot-ops').id });
    const left = await s.log.until(({ channels }) => channels !== undefined, 'which channel is left out');
    expect(left).toMatchObject({ level: 'warn', channels: [s.workspace.channelInfo('iot-alerts').id] });
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.poll();
    await s.told({ kind: 'post', in: 'iot-alerts', says: ['op-1'] });
  });
});

describe('what only members of user groups may save in a subscription', () => {
  story(
    'is who else is called: groups and @here, by a line, a window or a button; people may be called by anybody',
    async (s) => {
      await s.start({ ALLOWED_USERGROUPS_MENTION: GROUP });
      for (const mention of ['@here', `<!subteam^${GROUP}>`, `<@${s.workspace.person('wei').id}>,@here`]) {
        const { text, to } = await s.people.ask('sam', `subscribe failed mention:${mention}`);
        expect(to).toBe('sam');
        expect(text).toContain(
          `Only members of the user group \`${GROUP}\` may have user groups or \`@here\` called`,
        );
        expect(text).toContain('nothing was saved');
      }
      expect(await subscriptionsOf(s)).toEqual([]);
      await s.people.ask('sam', `subscribe failed mention:<@${s.workspace.person('wei').id}>`);
      await s.told({ kind: 'post', in: OPS, says: [':bell:'] });
      const list = await s.people.ask('sam', 'subscriptions');
      await s.people.pressOnly('sam', list, { label: 'Edit' });
      const modal = await s.workspace.until((seen) => seen.modal('sam'));
      await s.workspace.submitView({
        user: 'sam',
        viewId: modal.id,
        values: { subscription_groups: '@here', subscription_kinds: ['failed'] },
      });
      await s.workspace.until((seen) => {
        const shown = seen.modal('sam');
        return shown && seen.plainView(shown.view).includes('Only members of the user group');
      });
      await subscribe(s, 'failed mention:@here');
      const changed = await s.people.ask('sam', 'subscribe on:all');
      expect(changed.text).toContain('Only members of the user group');
      await s.people.ask('sam', 'subscribe failed mention:off');
      await s.told({ kind: 'post', in: OPS, says: [':bell:'] });
    },
    WITH_GROUPS,
  );

  story(
    'is that other organisations read along, also in a channel they read already',
    async (s) => {
      await s.start({ ALLOWED_USERGROUPS_EXTERNAL: GROUP });
      const may = `Only members of the user group \`${GROUP}\` may let other organisations read along`;
      for (const [line, channel] of [
        ['failed external:yes', OPS],
        ['failed external:yes', SHARED],
        ['failed', SHARED],
      ] as const) {
        expect((await s.people.ask('sam', `subscribe ${line}`, channel)).text).toContain(may);
        expect(await subscriptionsOf(s, channel)).toEqual([]);
      }
      await subscribe(s, 'failed external:yes', SHARED);
      expect(await subscriptionsOf(s, SHARED)).toEqual(['on:failed external:yes']);
      expect((await s.people.ask('sam', 'subscribe on:all', SHARED)).text).toContain(may);
    },
    WITH_GROUPS,
  );

  story('is for nobody where the settings say none, and the log names who did it before', async (s) => {
    await s.start();
    await subscribe(s, 'failed external:yes', SHARED);
    await s.restart({ ALLOWED_USERGROUPS_EXTERNAL: 'none', ALLOWED_USERGROUPS_MENTION: 'none' });
    const left = await s.log.until(
      ({ channels }) => channels !== undefined,
      'which channel says external:yes',
    );
    expect(left).toMatchObject({ level: 'warn', channels: [s.workspace.channelInfo(SHARED).id] });
    const external = await s.people.ask('ana', 'subscribe external:yes');
    expect(external.text).toContain('allow nobody to let other organisations read along');
    expect(external.text).toContain('ALLOWED_USERGROUPS_EXTERNAL');
    const loud = await s.people.ask('ana', 'subscribe mention:@here');
    expect(loud.text).toContain('allow nobody to have user groups or `@here` called');
    await subscribe(s, 'failed');
    expect(looksAt(s, 'usergroups.users.list')).toBe(0);
  });

  story('is saved by nobody while Slack does not say who they are', async (s) => {
    await s.start({ ALLOWED_USERGROUPS_MENTION: GROUP });
    const { text } = await s.people.ask('ana', 'subscribe failed mention:@here');
    expect(text).toContain('Slack did not say who is in the user groups');
    expect(text).toContain('ALLOWED_USERGROUPS_MENTION');
    expect(await subscriptionsOf(s)).toEqual([]);
  });
});

describe('people whose workspace Slack does not tell', () => {
  story('are refused in direct messages and at home, and told why', async (s) => {
    await s.start();
    s.workspace.withholdScopes(['users:read']);
    await s.workspace.directMessage({ user: 'ana', text: 'failed' });
    await s.told({
      kind: 'post',
      says: ['I could not find out which workspace you belong to', 'users:read'],
    });
    await s.workspace.openHome('ana');
    const home = await s.workspace.until((seen) => seen.home('ana'));
    expect(s.workspace.plainView(home.view)).toContain('which workspace you belong to');
    expect(s.log.lines).toContainEqual(expect.objectContaining({ msg: 'refused', reason: 'unknown-team' }));
    s.workspace.withholdScopes([]);
    await s.workspace.directMessage({ user: 'ana', text: 'help' });
    await s.told({ kind: 'post', says: ['Ask about upgrade tasks'] });
  });
});
