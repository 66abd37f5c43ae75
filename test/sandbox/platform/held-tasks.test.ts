import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type SimulatedPlatform,
  spreadCourses,
  startSimulatedPlatform,
} from '../../../sandbox/platform/index.ts';
import { doToTask } from '../../../sandbox/web/server/control/do-to-task.ts';

const MINUTE = 60_000;
let platform: SimulatedPlatform;

beforeEach(async () => {
  platform = await startSimulatedPlatform();
});
afterEach(() => platform.close());

function tenInTenMinutes() {
  const devices = spreadCourses({ devices: 10, firstEndsAfter: MINUTE, lastEndsAfter: 10 * MINUTE });
  return platform.fleet.addTask({ plan: { devices } });
}

describe('holding a task', () => {
  test('nothing moves while it is held, and all comes later by that time', () => {
    const { fleet, clock } = platform;
    const task = tenInTenMinutes();
    clock.advance(3 * MINUTE);
    expect(task.tally.success).toBe(3);
    fleet.holdTask(task.operationId);
    clock.advance(60 * MINUTE);
    fleet.catchUp();
    expect(task.tally.success).toBe(3);
    fleet.releaseTask(task.operationId);
    clock.advance(2 * MINUTE);
    expect(task.tally.success).toBe(5);
    clock.advance(5 * MINUTE);
    expect(task.status).toBe('success');
  });

  test('a task that ends is held no more', () => {
    const task = tenInTenMinutes();
    platform.fleet.holdTask(task.operationId);
    platform.fleet.stopTask(task.operationId);
    expect(task.heldSince).toBeNull();
  });
});

describe('what the control panel does to a task', () => {
  test('devices fail, it fails, and a retry lives on to its end', () => {
    const { fleet, clock } = platform;
    const task = tenInTenMinutes();
    const does = (what: Parameters<typeof doToTask>[2]) => doToTask(fleet, task.operationId, what, () => 0);
    does('fail-devices');
    expect(task.tally.fail).toBe(1);
    does('finish-devices');
    expect(task.tally.success).toBe(3);
    does('fail');
    expect(task).toMatchObject({ status: 'failed', tally: { fail: 7 } });
    expect(() => does('stop')).toThrow('has ended; it can only be retried');
    does('retry');
    expect(task).toMatchObject({ status: 'processing', attempt: 2 });
    expect(() => does('retry')).toThrow('has not failed');
    clock.advance(60 * MINUTE);
    fleet.catchUp();
    expect(task).toMatchObject({ status: 'success', tally: { total: 10, success: 10 } });
  });
});
