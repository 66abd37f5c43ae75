import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

const at = (text: string) => Date.parse(text);

describe('people look up one thing', () => {
  story('a task: every field the platform sent is in the answer', async (s) => {
    s.fleet.addTask({
      operationId: 'op-full',
      type: 'firmware_upgrade',
      status: 'failed',
      createTime: at('2024-03-11T06:05:02Z'),
      startTime: at('2024-03-11T06:05:10Z'),
      stopTime: at('2024-03-11T09:15:30Z'),
      targets: {
        deviceGroups: ['meters-north', 'meters-south'],
        devices: ['dev-a', 'dev-b'],
        deviceType: 'WaterMeter',
        model: 'WM20',
        manufacturerName: 'ExampleCo',
      },
      policy: {
        executeType: 'custom',
        startTime: at('2024-03-11T00:00:00Z'),
        endTime: at('2024-03-12T04:00:00Z'),
        retryType: true,
        retryTimes: 3,
      },
      tally: { total: 120, wait: 41, processing: 9, success: 61, fail: 5, stop: 2, timeout: 1 },
      extendPara: { version: '2.1', note: { depth: [1, 2] } },
      reasons: ['Not enough storage for the package'],
    });
    await s.start();
    const { text, to, post } = await s.people.ask('ana', 'op-full');
    expect(to).toBe('everyone');
    for (const piece of [
      'op-full',
      'firmware_upgrade',
      'failed',
      '2024-03-11 06:05 UTC',
      '2024-03-11 09:15 UTC',
      'meters-north',
      'meters-south',
      'dev-a',
      'dev-b',
      'WaterMeter',
      'WM20',
      'ExampleCo',
      'custom',
      '2024-03-11 00:00 UTC to 2024-03-12 04:00 UTC',
      'retry: yes, times: 3',
      'total *120* · wait *41* · processing *9* · success *61* · fail *5* · stop *2* · timeout *1*',
      '`version`: `2.1`',
      '`note`: `{"depth":[1,2]}`',
      '*Failed devices* (6)',
      'Not enough storage for the package',
      'live',
    ]) {
      expect(text).toContain(piece);
    }
    // Times are dates of Slack's, which each reader sees in the own zone, to the second.
    const blocks = JSON.stringify(post.blocks);
    for (const time of ['06:05:02', '06:05:10', '09:15:30']) {
      expect(blocks).toContain(`<!date^${at(`2024-03-11T${time}Z`) / 1_000}^`);
    }
  });

  story('the Details button of a list shows the task to whoever pressed', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    await s.people.pressOnly('wei', list, { label: 'Details' });
    const read = () => s.workspace.plainView(s.workspace.modal('wei')?.view ?? {});
    await s.workspace.until(() => read().includes('Failed devices'));
    expect(s.workspace.modal('ana')).toBeUndefined();
  });

  story('a device: its state and the tasks aimed at it', async (s) => {
    s.fleet.addDevice({
      deviceId: 'dev-77',
      name: 'Meter 77',
      fwVersion: '2.0',
      swVersion: '1.4',
      hwVersion: 'B',
      batteryLevel: '41',
      signalStrength: '-90',
      status: 'OFFLINE',
      statusDetail: 'FIRMWARE_UPDATING',
    });
    s.fleet.addTask({ operationId: 'op-dev', status: 'processing', targets: { devices: ['dev-77'] } });
    s.fleet.addTask({ operationId: 'op-other', status: 'processing', targets: { devices: ['dev-1'] } });
    await s.start();
    const { text, to } = await s.people.ask('wei', 'dev-77');
    expect(to).toBe('everyone');
    for (const piece of [
      'Meter 77',
      'offline',
      'firmware is being updated',
      '2.0',
      '1.4',
      '41',
      '-90',
      'op-dev',
    ])
      expect(text).toContain(piece);
    expect(text).toContain('WaterMeter WM20');
    expect(text).toContain('ExampleCo');
    expect(text).not.toContain('op-other');
  });

  story('a device nobody has seen yet has nothing to show, and that is said', async (s) => {
    s.fleet.addDevice({ deviceId: 'dev-new', neverSeen: true });
    await s.start();
    const { text } = await s.people.ask('wei', 'dev-new');
    expect(text).toContain('offline');
    expect(text).toContain('not given');
    expect(text).toContain('No upgrade task is aimed at this device');
  });

  story('an id nobody knows: only the asker is told, and what to do', async (s) => {
    await s.start();
    for (const line of ['9d1f6f0e-0000', 'task:op-nowhere']) {
      const { text, to } = await s.people.ask('sam', line);
      expect(to).toBe('sam');
      expect(text).toMatch(/knows (neither a device nor an|no) upgrade task/);
      expect(text).toContain('Check the id');
    }
  });

  story('a device of another application: a sentence with the id', async (s) => {
    s.fleet.addDevice({ deviceId: 'dev-foreign', foreign: true });
    await s.start();
    const { text, to } = await s.people.ask('sam', 'dev-foreign');
    expect(to).toBe('sam');
    expect(text).toContain('dev-foreign');
  });

  story('a task that the platform forgot is shown as it was last seen', async (s) => {
    s.fleet.addTask({ operationId: 'op-gone', status: 'success' });
    await s.start();
    s.fleet.removeTask('op-gone');
    const { text } = await s.people.ask('ana', 'op-gone');
    expect(text).toContain('The platform no longer knows this task');
    expect(text).toContain('as of 20');
  });
});
