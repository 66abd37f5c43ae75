import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';
import { subscribe } from './harness/subscribing.ts';

/** Of a private channel, a public one, and direct messages. */
const WISHES = ['on:succeeded', 'on:stopped', 'on:created'];

function addTasks(s: Story): void {
  const now = s.clock.now();
  s.fleet.addTask({ operationId: 'op-runs-1', status: 'processing', createTime: now - 60_000 });
  s.fleet.addTask({
    operationId: 'op-failed-1',
    status: 'failed',
    createTime: now - 7_200_000,
    stopTime: now - 60_000,
  });
}

async function shown(s: Story, place: 'home' | 'modal', says: string): Promise<string> {
  return await s.workspace.until((workspace) => {
    const view = workspace[place]('ana');
    const text = view ? workspace.plainView(view.view) : '';
    return text.includes(says) ? text : null;
  });
}

describe('the home tab', () => {
  story('shows what runs, what failed, which channels are told, and a search', async (s) => {
    addTasks(s);
    await s.start(alertsTo(s));
    await s.told({ in: 'iot-ops', says: ['I watch 2 upgrade tasks'] });
    await s.workspace.openHome('ana');
    const text = await shown(s, 'home', 'Subscriptions');
    for (const piece of ['op-runs-1', 'op-failed-1', 'all tasks', 'failing', 'stalled', 'Search'])
      expect(text).toContain(piece);
  });

  story('names private channels to their members only, and direct messages to nobody else', async (s) => {
    await s.start();
    await subscribe(s, 'on:succeeded', 'iot-private');
    await subscribe(s, 'on:stopped', 'iot-ops');
    const direct = (await s.workspace.directChannel('ana')).id;
    await s.people.ask('ana', 'subscribe on:created', direct);
    await s.told({ kind: 'post', in: direct, says: [':bell:'] });
    const homeOf = async (user: string) => {
      await s.workspace.openHome(user);
      return await s.workspace.until((seen) => {
        const view = seen.home(user);
        const text = view ? seen.plainView(view.view) : '';
        return text.includes('on:stopped') ? text : null;
      });
    };
    const [ana, wei, sam] = [await homeOf('ana'), await homeOf('wei'), await homeOf('sam')];
    expect(WISHES.map((wish) => ana.includes(wish))).toEqual([true, true, true]);
    expect(WISHES.map((wish) => wei.includes(wish))).toEqual([true, true, false]);
    expect(WISHES.map((wish) => sam.includes(wish))).toEqual([false, true, false]);
  });

  story('hides a private channel while Slack does not say who is in it', async (s) => {
    await s.start();
    await subscribe(s, 'on:succeeded', 'iot-private');
    await subscribe(s, 'on:stopped', 'iot-ops');
    s.workspace.fault({ kind: 'error', method: 'conversations.members', error: 'internal_error' });
    await s.workspace.openHome('ana');
    expect(await shown(s, 'home', 'on:stopped')).not.toContain('on:succeeded');
    s.workspace.clearFaults();
    await s.workspace.openHome('ana');
    expect(await shown(s, 'home', 'on:succeeded')).toContain('on:stopped');
  });

  story('the search is answered in a modal, mistakes too', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.openHome('ana');
    const home = await s.workspace.until(({ home }) => home('ana'));
    const search = async (words: string, says: string) => {
      await s.workspace.pressInView({
        user: 'ana',
        viewId: home.id,
        actionId: 'home_search',
        selected: words,
      });
      return await shown(s, 'modal', says);
    };
    expect(await search('failed', '1–1 of 1 task')).toContain('op-failed-1');
    expect(await search('faild', 'is no word of a filter')).toContain('Did you mean `failed`?');
    expect(await search('op-runs-1', 'Extended parameters')).toContain('op-runs-1');
    expect(s.workspace.posts).toHaveLength(0);
  });

  story('details open from it', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.openHome('ana');
    const home = await s.workspace.until(({ home }) => home('ana'));
    await s.workspace.pressInView({
      user: 'ana',
      viewId: home.id,
      actionId: 'task_details',
      value: 'op-runs-1',
    });
    expect(await shown(s, 'modal', 'op-runs-1')).toContain('Upgrade task');
  });

  story('is text where its blocks are refused', async (s) => {
    addTasks(s);
    await s.start();
    s.workspace.fault({ kind: 'error', method: 'views.publish', error: 'invalid_blocks' });
    await s.workspace.openHome('ana');
    const text = await shown(s, 'home', '1 running, 1 failed in the last 24 h');
    expect(text).toContain('op-failed-1');
  });

  story('stays as it is when another tab of the app is opened', async (s) => {
    await s.start();
    const user = s.workspace.person('ana').id;
    await s.workspace.sendEvent({
      type: 'app_home_opened',
      user,
      tab: 'messages',
      channel: 'D1',
      event_ts: '1.1',
    });
    await s.workspace.openHome('wei');
    await s.workspace.until(({ home }) => home('wei'));
    expect(s.workspace.home('ana')).toBeUndefined();
  });
});
