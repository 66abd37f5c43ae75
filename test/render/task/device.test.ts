import { describe, expect, test } from '@jest/globals';
import type { DeviceTask } from '../../../src/core/question/answer.ts';
import { exactDate } from '../../../src/render/blocks/text.ts';
import { deviceDetail } from '../../../src/render/task/device.ts';
import { aTask, NOON } from '../../core/tasks.ts';
import { deviceOf, deviceWith, everyOutcome, LIVE } from '../samples.ts';
import { readable } from '../sound.ts';

const show = (...parts: Parameters<typeof deviceWith>) => readable(deviceDetail(deviceWith(...parts), NOON));
const tasks = (count: number): readonly DeviceTask[] =>
  Array.from({ length: count }, (_, index) => everyOutcome(aTask({ operationId: `op-${index}` }), index));

describe('a device', () => {
  test('shows what it is, its versions and its last report', () => {
    const device = {
      ...deviceOf(null),
      name: 'Cellar',
      status: 'ONLINE',
      deviceType: 'WaterMeter',
      model: 'WM20',
      fwVersion: 'V1.2',
      lastReportTime: NOON,
    };
    const text = show(device, [], LIVE);
    for (const part of [
      'Cellar',
      'online',
      'WaterMeter WM20',
      '*Firmware*\nV1.2',
      exactDate(NOON),
      '`d-1`',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('*Battery*\nnot given');
  });

  test.each([
    ['', '4711', '4711'],
    [null, '4711', '4711'],
    ['', '', 'd-1'],
    [null, null, 'd-1'],
  ])('with the name %j and the node %j is called %s', (name, nodeId, called) => {
    const [header] = deviceDetail(deviceWith({ ...deviceOf(null), name, nodeId }, [], LIVE), NOON).blocks;
    expect(header).toMatchObject({ type: 'header', text: { text: called } });
  });

  test('that cannot be read still shows its tasks', () => {
    expect(show(null, tasks(1), LIVE)).toContain('`op-0`');
  });

  test('no task is aimed at says so', () => {
    expect(show(deviceOf(null), [], LIVE)).toContain('No upgrade task is aimed at this device');
  });

  test('with more tasks than a message shows counts the rest and says how to see them', () => {
    const text = show(deviceOf(null), tasks(14), LIVE);
    expect(text).toContain('`op-9`');
    expect(text).not.toContain('`op-10`');
    expect(text).toContain('and 4 more: `/upgrades device:d-1`');
  });
});
