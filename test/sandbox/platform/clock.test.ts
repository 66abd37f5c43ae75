import { describe, expect, test } from '@jest/globals';
import { createSimulatedClock } from '../../../sandbox/platform/index.ts';
import { platformWith } from './http-client.ts';

describe('the clock of the fleet', () => {
  test('starts at the real now and stands still', () => {
    let real = 5000;
    const clock = createSimulatedClock(undefined, () => real);
    real = 9000;
    expect(clock.now()).toBe(5000);
    clock.advance(10);
    expect(clock.now()).toBe(5010);
    clock.set(77);
    expect(clock.now()).toBe(77);
  });

  test('follows real time, so many times as fast, until halted', () => {
    let real = 1000;
    const clock = createSimulatedClock(0, () => real);
    clock.follow({ speed: 60 });
    real += 100;
    expect(clock.now()).toBe(6000);
    clock.advance(1);
    real += 100;
    expect(clock.now()).toBe(12_001);
    clock.halt();
    real += 100;
    expect(clock.now()).toBe(12_001);
  });

  test('moves the fleet also while it follows real time', async () => {
    let real = 0;
    const clock = createSimulatedClock(0, () => real);
    const platform = await platformWith({ clock });
    const { operationId } = platform.fleet.addTask({
      plan: { devices: [{ outcome: 'success', endsAfter: 3_600_000 }] },
    });
    clock.follow({ speed: 3600 });
    expect(platform.fleet.task(operationId)?.status).toBe('processing');
    real += 1000;
    expect(platform.fleet.task(operationId)?.status).toBe('success');
  });

  test('tells who listens when it is moved', () => {
    const clock = createSimulatedClock(0);
    let moves = 0;
    const stop = clock.onMove(() => {
      moves += 1;
    });
    clock.advance(1);
    clock.set(5);
    stop();
    clock.advance(1);
    expect(moves).toBe(2);
  });
});
