import type { NewTask, SimulatedTask } from '../fleet/simulated-task.ts';
import type { SimulatedPlatform } from '../start-simulated-platform.ts';
import { catalogueEntry, targetsOfGroup } from './demo-catalogue.ts';
import { FAILURE_REASONS, TIMEOUT_REASONS } from './failure-reasons.ts';
import { type Spread, spreadCourses } from './spread-courses.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The tasks whose day is played, by what becomes of them. */
export interface DemoDay {
  readonly succeeds: SimulatedTask;
  /** Begins to fail (12 % of what has finished), and fails. */
  readonly fails: SimulatedTask;
  /** Fails, is retried, and recovers. */
  readonly recovers: SimulatedTask;
  readonly stalls: SimulatedTask;
  readonly isStopped: SimulatedTask;
  readonly isScheduled: SimulatedTask;
}

/** Adds six tasks to a seeded fleet that live through the next 24 hours of its clock. */
export function playDemoDay(platform: SimulatedPlatform): DemoDay {
  const { fleet, clock } = platform;
  const now = clock.now();
  /** A task on the first devices of a group of the catalogue. */
  const add = (place: number, count: number, spread: Omit<Spread, 'devices'>, more: NewTask, plan = {}) => {
    const entry = catalogueEntry(place);
    const devices = fleet.devices.membersOfGroup(entry.group).slice(0, count);
    return fleet.addTask({
      targets: targetsOfGroup(entry),
      extendPara: { version: '3.1' },
      ...more,
      plan: { devices: spreadCourses({ devices, ...spread }), ...plan },
    });
  };
  return {
    succeeds: add(
      0,
      400,
      { firstEndsAfter: 25 * MINUTE, lastEndsAfter: 7 * HOUR },
      { type: 'firmware_upgrade' },
      { startsAfter: 5 * MINUTE },
    ),
    fails: add(
      3,
      500,
      {
        failShare: 0.12,
        reasons: [FAILURE_REASONS[5], FAILURE_REASONS[5], FAILURE_REASONS[7]],
        firstEndsAfter: 30 * MINUTE,
        lastEndsAfter: 9 * HOUR,
      },
      { type: 'firmware_upgrade' },
      { startsAfter: 20 * MINUTE },
    ),
    recovers: add(
      2,
      120,
      {
        timeoutShare: 0.1,
        timeoutReason: TIMEOUT_REASONS[0],
        retryOutcomes: ['success'],
        firstEndsAfter: 15 * MINUTE,
        lastEndsAfter: 4 * HOUR,
      },
      { type: 'software_upgrade', policy: { retryType: true, retryTimes: 2 } },
      { startsAfter: 10 * MINUTE, retryAfter: HOUR },
    ),
    stalls: add(
      5,
      260,
      { firstEndsAfter: 20 * MINUTE, lastEndsAfter: 10 * HOUR },
      { type: 'firmware_upgrade', policy: { executeType: 'device_online' } },
      { startsAfter: 30 * MINUTE, stalls: [{ after: 3 * HOUR, for: 40 * HOUR }] },
    ),
    isStopped: add(
      4,
      300,
      { firstEndsAfter: 20 * MINUTE, lastEndsAfter: 12 * HOUR },
      { type: 'software_upgrade' },
      { startsAfter: 40 * MINUTE, stopsAfter: 5 * HOUR },
    ),
    isScheduled: add(
      6,
      200,
      { firstEndsAfter: 10 * MINUTE, lastEndsAfter: 3 * HOUR },
      {
        type: 'firmware_upgrade',
        policy: { executeType: 'custom', startTime: now + 14 * HOUR, endTime: now + 20 * HOUR },
      },
    ),
  };
}
