import { describe, expect } from '@jest/globals';
import { asObject, asObjects, asString } from '../../sandbox/workspace/json.ts';
import type { OpenedView } from '../../sandbox/workspace/types.ts';
import type { Seen } from './harness/claims.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

function addTasks(s: Story): void {
  const now = s.clock.now();
  for (let n = 1; n <= 12; n += 1) {
    s.fleet.addTask({
      operationId: `op-${n}`,
      status: n % 3 === 0 ? 'failed' : 'success',
      createTime: now - n * 60_000,
    });
  }
}

const titleOf = ({ view }: OpenedView) => asString(asObject(view.title).text);

async function openFilter(s: Story, user: string, list: Seen): Promise<OpenedView> {
  await s.people.pressOnly(user, list, { label: 'Filter…' });
  return await s.workspace.until(({ modal }) => modal(user), { what: 'the filter' });
}

/** What the modal shows once it is done looking. */
async function shown(s: Story, user: string, says: string): Promise<string> {
  return await s.workspace.until(({ modal, plainView }) => {
    const view = modal(user);
    const text = view ? plainView(view.view) : '';
    return text.includes(says) ? text : null;
  });
}

describe('the filter as a form', () => {
  story('shows the present filter, and what has no control in the last field', async (s) => {
    addTasks(s);
    await s.start();
    const line = 'failed,success model:WM20,"a,b" -group:north since:2d fail>5% sort:failed size:20';
    const list = await s.people.ask('ana', line);
    const modal = await openFilter(s, 'ana', list);
    const initial = new Map(
      asObjects(modal.view.blocks).map((block) => {
        const element = asObject(block.element);
        const chosen = [...asObjects(element.initial_options), asObject(element.initial_option)];
        const values = chosen.map((option) => asString(option.value)).filter(Boolean);
        return [
          asString(block.block_id).replace('filter_', ''),
          asString(element.initial_value) || values.join(),
        ];
      }),
    );
    expect(Object.fromEntries([...initial].filter(([, value]) => value !== ''))).toEqual({
      status: 'failed,succeeded',
      model: 'WM20, "a,b"',
      since: '2d',
      fail: '>5%',
      sort: 'failed',
      size: '20',
      more: '-group:north',
    });
    const { private_metadata } = modal.view;
    expect(asString(private_metadata)).not.toContain('response');
  });

  story('a filled-in form is answered in the modal, and can be posted to the channel', async (s) => {
    addTasks(s);
    await s.start();
    const list = await s.people.ask('ana', 'success');
    await openFilter(s, 'ana', list);
    const values = { filter_status: ['failed'], filter_model: 'WM20, WM 30', filter_more: '-fw,sw' };
    const ack = await s.workspace.submitView({ user: 'ana', values });
    expect([ack.status, ack.error]).toEqual([200, null]);
    const text = await shown(s, 'ana', 'No upgrade task matches');
    expect(text).toContain('`failed model:WM20,"WM 30" -firmware,software`');

    await s.workspace.pressInView({ user: 'ana', label: 'Filter…' });
    await s.workspace.until(({ modal }) => {
      const view = modal('ana');
      return view && titleOf(view) === 'Filter upgrade tasks';
    });
    await s.workspace.submitView({
      user: 'ana',
      values: { filter_model: '', filter_more: '', filter_private: ['private'] },
    });
    expect(await shown(s, 'ana', '1–4 of 4 tasks')).toContain('[Post to channel]');
    await s.workspace.pressInView({ user: 'ana', label: 'Post to channel' });
    const posted = await s.told({ kind: 'post', in: 'iot-ops', says: ['`failed` · 1–4 of 4 tasks', 'op-3'] });
    expect(posted.text).not.toContain('Post to channel');
    await shown(s, 'ana', 'The list is in the channel now');
  });

  story('pages and details work inside the modal', async (s) => {
    addTasks(s);
    await s.start();
    const list = await s.people.ask('ana', 'success');
    await openFilter(s, 'ana', list);
    await s.workspace.submitView({ user: 'ana', values: { filter_status: [], filter_size: '5' } });
    await shown(s, 'ana', '1–5 of 12 tasks');
    await s.workspace.pressInView({ user: 'ana', label: 'Next ▶' });
    const second = await shown(s, 'ana', '6–10 of 12 tasks');
    expect(second).toContain('op-6');
    await s.workspace.pressInView({ user: 'ana', actionId: 'list_size', selected: '20' });
    await shown(s, 'ana', '1–12 of 12 tasks');
    await s.workspace.pressInView({ user: 'ana', actionId: 'task_details', value: 'op-3' });
    expect(await shown(s, 'ana', 'op-3')).toContain('Upgrade task');
  });

  story('mistakes come back under their fields, and nothing is asked', async (s) => {
    addTasks(s);
    await s.start();
    const list = await s.people.ask('ana', 'success');
    await openFilter(s, 'ana', list);
    const calls = s.platform.calls.length;
    const values = {
      filter_device: 'a/b',
      filter_since: '2024-02-30',
      filter_before: '2d failed',
      filter_fail: 'lots',
      filter_model: '"open',
      filter_more: 'faild',
    };
    await s.workspace.submitView({ user: 'ana', values });
    const errors = s.workspace.modal('ana')?.errors ?? {};
    expect(Object.keys(errors).toSorted()).toEqual(Object.keys(values).toSorted());
    expect(errors.filter_more).toContain('Did you mean failed?');
    expect(errors.filter_since).toContain('there is no such date');
    // Slack shows them as plain text.
    expect(Object.values(errors).join()).not.toContain('`');
    await s.workspace.submitView({ user: 'ana', values: { filter_more: 'failed' } });
    expect(s.workspace.modal('ana')?.errors).toEqual({
      filter_more: expect.stringContaining('no task can be both'),
    });
    expect(s.platform.calls).toHaveLength(calls);
  });

  story('a channel that takes no post is told in the modal', async (s) => {
    addTasks(s);
    await s.start();
    s.workspace.changeChannel('iot-private', { botIsMember: false });
    const list = await s.people.ask('ana', 'success', 'iot-private').catch(() => null);
    if (list === null) throw new Error('the command was not answered');
    await openFilter(s, 'ana', list);
    await s.workspace.submitView({ user: 'ana', values: {} });
    await shown(s, 'ana', 'of 8 tasks');
    await s.workspace.pressInView({ user: 'ana', label: 'Post to channel' });
    expect(await shown(s, 'ana', 'Slack did not take the list')).toContain('Invite me');
  });
});
