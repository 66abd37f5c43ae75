import { describe, expect } from '@jest/globals';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

async function shown(s: Story, says: string): Promise<string> {
  return await s.workspace.until(({ modal, plainView }) => {
    const view = modal('ana');
    const text = view ? plainView(view.view) : '';
    return text.includes(says) ? text : null;
  });
}

describe('Look up a device', () => {
  story('asks for an id and shows the device with its tasks', async (s) => {
    const device = s.fleet.addDevice({ deviceId: 'meter-0001', name: 'Cellar meter' });
    s.fleet.addTask({
      operationId: 'op-1001',
      status: 'processing',
      targets: { devices: [device.deviceId] },
    });
    await s.start();
    await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
    await shown(s, 'Id of the device');
    await s.workspace.submitView({ user: 'ana', values: { look_up_id: ' `meter-0001`. ' } });
    expect(await shown(s, 'Cellar meter')).toContain('op-1001');
    expect(s.workspace.posts).toHaveLength(0);
  });

  story('troubles nobody when the window is closed before the answer comes', async (s) => {
    s.fleet.addDevice({ deviceId: 'meter-0001', name: 'Cellar meter' });
    await s.start();
    await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
    await shown(s, 'Id of the device');
    s.platform.faults.add({ kind: 'delay', ms: 300 }, { times: 'until-cleared' });
    await s.workspace.submitView({ user: 'ana', values: { look_up_id: 'meter-0001' } });
    await s.workspace.closeView({ user: 'ana' });
    await s.log.until(
      ({ msg, listener }) => msg === 'answered' && listener === 'view',
      'the end of the look-up',
    );
  });

  story('says what is wrong with an id before anything is asked', async (s) => {
    await s.start();
    const calls = s.platform.calls.length;
    await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
    await shown(s, 'Id of the device');
    await s.workspace.submitView({ user: 'ana', values: { look_up_id: '../secret' } });
    expect(s.workspace.modal('ana')?.errors).toEqual({
      look_up_id: expect.stringContaining('letters, digits'),
    });
    expect(s.platform.calls).toHaveLength(calls);
    await s.workspace.submitView({ user: 'ana', values: { look_up_id: 'nobody-0815' } });
    await shown(s, 'neither a device nor an upgrade task');
  });
});

describe('Find upgrade tasks here', () => {
  story('shows what the ids in a message are', async (s) => {
    s.fleet.addDevice({ deviceId: 'meter-0001', name: 'Cellar meter' });
    s.fleet.addTask({ operationId: 'op-1001', status: 'failed' });
    await s.start();
    const text =
      'op-1001 failed on 2024-03-11 for meter-0001, see https://wiki.example/x123456 and ticket-98765.';
    await s.workspace.mention({ user: 'wei', channel: 'iot-ops', text: `help ${text}` });
    await s.told({ kind: 'ephemeral', to: 'wei' });
    const ts = s.workspace.channel('iot-ops')[0]?.ts ?? '';
    await s.workspace.messageShortcut({
      user: 'ana',
      callbackId: 'find_ids',
      channel: 'iot-ops',
      messageTs: ts,
    });
    const found = await shown(s, 'ticket-98765');
    expect(found).toContain('*failed* · Firmware upgrade');
    expect(found).toContain('Cellar meter');
    expect(found).toContain('neither a device nor an upgrade task with the id ticket-98765');
    expect(found).not.toContain('x123456');
  });

  story('reads every text of a message that another tool posted', async (s) => {
    for (const n of [1, 2, 3, 4, 5]) s.fleet.addTask({ operationId: `op-100${n}`, status: 'failed' });
    await s.start();
    const messageTs = await s.workspace.write({
      user: 'wei',
      channel: 'iot-ops',
      text: 'An alert',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: '[FIRING:1] UpgradeFailed (op-1001)' } },
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*Task*\n`op-1002`' }] },
        { type: 'markdown', text: '| task |\n|---|\n| [op-1003](https://iot.example/op-9999) |' },
      ],
      attachments: [
        { title: 'Upgrade', fields: [{ title: 'Task', value: 'op-1004', short: true }], footer: 'op-1005' },
      ],
    });
    await s.workspace.messageShortcut({ user: 'ana', callbackId: 'find_ids', channel: 'iot-ops', messageTs });
    const found = await shown(s, 'op-1005');
    for (const n of [1, 2, 3, 4]) expect(found).toContain(`op-100${n}`);
    expect(found).not.toMatch(/FIRING|op-9999|Not looked up/);
  });

  story('finds the ids of the bot’s own answers, five at most', async (s) => {
    for (let n = 1; n <= 7; n += 1) s.fleet.addTask({ operationId: `op-100${n}`, status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    const { ts } = list.post;
    await s.workspace.messageShortcut({
      user: 'ana',
      callbackId: 'find_ids',
      channel: 'iot-ops',
      messageTs: ts,
    });
    const found = await shown(s, 'Not looked up');
    expect(found.match(/\*failed\* · Firmware upgrade/g)).toHaveLength(5);
  });

  story('says when there is none', async (s) => {
    await s.start();
    await s.workspace.mention({ user: 'wei', channel: 'iot-ops', text: 'health' });
    await s.told({ kind: 'ephemeral', to: 'wei' });
    const ts = s.workspace.channel('iot-ops')[0]?.ts ?? '';
    await s.workspace.messageShortcut({
      user: 'ana',
      callbackId: 'find_ids',
      channel: 'iot-ops',
      messageTs: ts,
    });
    await shown(s, 'There is no id in this message');
  });
});
