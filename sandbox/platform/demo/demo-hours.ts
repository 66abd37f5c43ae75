import type { NewTask, SimulatedTask } from '../fleet/simulated-task.ts';
import type { SimulatedPlatform } from '../start-simulated-platform.ts';
import { catalogueEntry, targetsOfGroup } from './demo-catalogue.ts';
import { FAILURE_REASONS, TIMEOUT_REASONS } from './failure-reasons.ts';
import { type Spread, spreadCourses } from './spread-courses.ts';

const MINUTE = 60_000;

/** The tasks whose next hours are played, by what becomes of them. */
export interface DemoHours {
  /** Begins to fail after half an hour and has failed within the hour. */
  readonly fails: SimulatedTask;
  /** Fails within the hour, is retried by its policy, and recovers. */
  readonly recovers: SimulatedTask;
  readonly succeeds: SimulatedTask;
  readonly stalls: SimulatedTask;
  readonly isStopped: SimulatedTask;
}

/** Adds tasks whose stories begin within the hour: at sixty times real time something happens every few seconds. */
export function playDemoHours({ fleet }: SimulatedPlatform): DemoHours {
  const add = (
    place: number,
    count: number,
    minutes: readonly [first: number, last: number],
    more: NewTask & { readonly spread?: Partial<Spread> },
  ) => {
    const { spread, plan, ...task } = more;
    const entry = catalogueEntry(place);
    const devices = spreadCourses({
      devices: fleet.devices.membersOfGroup(entry.group).slice(0, count),
      firstEndsAfter: minutes[0] * MINUTE,
      lastEndsAfter: minutes[1] * MINUTE,
      ...spread,
    });
    return fleet.addTask({
      targets: targetsOfGroup(entry),
      extendPara: { version: '3.1' },
      ...task,
      plan: { ...plan, devices },
    });
  };
  const withPlan = (plan: Omit<NonNullable<NewTask['plan']>, 'devices'>) => ({ ...plan, devices: [] });
  return {
    fails: add(3, 240, [14, 44], {
      spread: { failShare: 0.16, reasons: [FAILURE_REASONS[5], FAILURE_REASONS[5], FAILURE_REASONS[7]] },
    }),
    recovers: add(2, 120, [10, 52], {
      type: 'software_upgrade',
      policy: { retryType: true, retryTimes: 2 },
      spread: { timeoutShare: 0.1, timeoutReason: TIMEOUT_REASONS[0], retryOutcomes: ['success'] },
      plan: withPlan({ startsAfter: 3 * MINUTE, retryAfter: 15 * MINUTE }),
    }),
    succeeds: add(0, 300, [8, 95], { plan: withPlan({ startsAfter: 5 * MINUTE }) }),
    stalls: add(5, 260, [12, 240], {
      policy: { executeType: 'device_online' },
      plan: withPlan({ stalls: [{ after: 50 * MINUTE, for: 40 * 60 * MINUTE }] }),
    }),
    isStopped: add(4, 200, [10, 300], {
      type: 'software_upgrade',
      plan: withPlan({ startsAfter: 10 * MINUTE, stopsAfter: 130 * MINUTE }),
    }),
  };
}
