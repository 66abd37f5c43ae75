import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type bolt from '@slack/bolt';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { button, row, said } from './kit.ts';
import { startHttpBot, type TestBot } from './test-bot.ts';

const modal = (title: string, blocks: object[] = [said(title)]) => ({
  type: 'modal' as const,
  callback_id: 'details',
  title: { type: 'plain_text' as const, text: title },
  submit: { type: 'plain_text' as const, text: 'Ask' },
  blocks: blocks as ReturnType<typeof said>[],
});
const deviceInput = {
  type: 'input',
  block_id: 'device',
  label: { type: 'plain_text', text: 'Device' },
  element: { type: 'plain_text_input', action_id: 'id' },
};
const typeSelect = {
  type: 'input',
  block_id: 'kind',
  label: { type: 'plain_text', text: 'Type' },
  element: {
    type: 'static_select',
    action_id: 'type',
    options: ['firmware', 'software'].map((value) => ({ text: { type: 'plain_text', text: value }, value })),
  },
};

let workspace: Workspace;
let bot: TestBot | undefined;

beforeEach(async () => {
  workspace = await startWorkspace({ postRate: 'off', ackTimeoutMs: 1000 });
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await workspace.close();
});

describe('views', () => {
  test('a trigger opens a modal once, the submission is checked, and the modal closes', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.shortcut('ask', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: modal('Ask', [deviceInput, typeSelect]),
        });
        await client.views.open({ trigger_id: body.trigger_id, view: modal('Ask') }).catch(() => 'refused');
      });
      app.view('details', async ({ ack, view }) => {
        const device = view.state.values.device?.id?.value;
        const type = view.state.values.kind?.type?.selected_option?.value;
        if (device === 'bad') await ack({ response_action: 'errors', errors: { device: 'no such device' } });
        else await ack({ response_action: 'update', view: modal(`${type} of ${device}`) });
      });
    });
    await workspace.shortcut({ user: 'sam', callbackId: 'ask' });
    const second = await workspace.until((seen) => seen.apiCalls.find((one) => one.error !== null));
    expect(second).toMatchObject({ method: 'views.open', error: 'exchanged_trigger_id' });
    await workspace.submitView({ user: 'sam', values: { id: 'bad' } });
    expect(workspace.modal('sam')?.errors).toEqual({ device: 'no such device' });
    await workspace.submitView({ user: 'sam', values: { id: 'd-1', type: 'firmware' } });
    expect(workspace.plainView(workspace.modal('sam')?.view ?? {})).toContain('firmware of d-1');
    expect(workspace.modal('sam')?.versions).toHaveLength(2);
  });

  test('a button in a modal pushes another one, and closing uncovers the first', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.shortcut('ask', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: modal('First', [row(button('more', 'More'))]),
        });
      });
      app.action<bolt.BlockButtonAction>('more', async ({ ack, client, body }) => {
        await ack();
        await client.views.push({ trigger_id: body.trigger_id, view: modal('Second') });
      });
    });
    const title = (user: string) => workspace.plainView(workspace.modal(user)?.view ?? {}).split('\n')[0];
    await workspace.shortcut({ user: 'sam', callbackId: 'ask' });
    await workspace.until((seen) => seen.modal('sam'));
    await workspace.pressInView({ user: 'sam', label: 'More' });
    await workspace.until(() => title('sam') === 'Second');
    await workspace.closeView({ user: 'sam' });
    expect(title('sam')).toBe('First');
  });

  test('an opened home tab is filled', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.event('app_home_opened', async ({ client, event }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [said('2 tasks run')] },
        });
      });
    });
    expect((await workspace.openHome('wei')).status).toBe(200);
    const home = await workspace.until((seen) => seen.home('wei'));
    expect(workspace.plainView(home.view)).toBe('2 tasks run');
    expect(workspace.home('ana')).toBeUndefined();
  });

  test('a window that was closed stays closed, whatever the bot still has to show in it', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.shortcut('ask', async ({ ack, client, body }) => {
        await ack();
        const { view } = await client.views.open({ trigger_id: body.trigger_id, view: modal('Reading') });
        await workspace.closeView({ user: 'sam' });
        await client.views.update({ view_id: view?.id ?? '', view: modal('Read') }).catch(() => 'refused');
      });
    });
    await workspace.shortcut({ user: 'sam', callbackId: 'ask' });
    const late = await workspace.until((seen) =>
      seen.apiCalls.find(({ method }) => method === 'views.update'),
    );
    expect(late.error).toBe('not_found');
    expect(workspace.modal('sam')).toBeUndefined();
  });
});
