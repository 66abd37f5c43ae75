import { type Random, randomDeviceId, seededRandom } from '../fleet/random.ts';
import type { NewTask } from '../fleet/simulated-task.ts';
import type { SimulatedPlatform } from '../start-simulated-platform.ts';
import { CATALOGUE, type CatalogueGroup, catalogueEntry, targetsOfGroup } from './demo-catalogue.ts';
import { FAILURE_REASONS, TIMEOUT_REASONS } from './failure-reasons.ts';
import { spreadCourses } from './spread-courses.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ENDED_TASKS = 34;

/**
 * Fills an empty platform: 5,000 devices in eight groups and 40 tasks of the last three weeks, in every status. Two
 * tasks are still at work and live on by themselves; four wait. The same seed gives the same fleet.
 */
export function seedDemoFleet(platform: SimulatedPlatform): void {
  const random = seededRandom(platform.seed ^ 0x5eed);
  const now = platform.clock.now();
  for (const entry of CATALOGUE) addGroup(platform, entry, random, now);
  for (let place = 0; place < ENDED_TASKS; place += 1) {
    platform.fleet.addTask(endedTask(platform, place, now, random));
  }
  for (const task of activeTasks(platform, now)) platform.fleet.addTask(task);
}

function addGroup(platform: SimulatedPlatform, entry: CatalogueGroup, random: Random, now: number): void {
  for (let number = 1; number <= entry.devices; number += 1) {
    const online = random() < 0.86;
    const seen = now - Math.floor(random() * (online ? 6 * HOUR : 3 * DAY));
    platform.fleet.addDevice({
      deviceId: randomDeviceId(random),
      groups: [entry.group],
      name: `${entry.label} ${entry.group}/${number}`,
      deviceType: entry.deviceType,
      model: entry.model,
      manufacturerName: entry.manufacturerName,
      createTime: now - Math.floor((60 + random() * 600) * DAY),
      lastModifiedTime: seen,
      lastReportTime: seen,
      status: online ? 'ONLINE' : 'OFFLINE',
      statusDetail: online ? 'NONE' : 'COMMUNICATION_ERROR',
      fwVersion: `2.${Math.floor(random() * 4)}`,
      batteryLevel: String(40 + Math.floor(random() * 60)),
      signalStrength: String(-60 - Math.floor(random() * 50)),
    });
  }
}

/** A task of the past: most succeeded, some failed, a few were stopped. */
function endedTask(platform: SimulatedPlatform, place: number, now: number, random: Random): NewTask {
  const entry = catalogueEntry(place);
  const createTime = Math.round(
    now - ((ENDED_TASKS - place) / ENDED_TASKS) * 20 * DAY - 10 * HOUR - random() * 4 * HOUR,
  );
  const startTime = createTime + Math.round(MINUTE + random() * 20 * MINUTE);
  const stopTime = startTime + Math.round((0.5 + random() * 9) * HOUR);
  const status = place % 11 === 4 ? 'stop' : place % 4 === 3 ? 'failed' : 'success';
  const single = place % 5 === 2;
  const members = platform.fleet.devices.membersOfGroup(entry.group);
  const devices = single ? members.slice(place, place + 1 + Math.floor(random() * 24)) : [];
  const total = single ? devices.length : members.length;
  const bad = status === 'failed' ? Math.max(1, Math.round(total * (0.01 + random() * 0.2))) : 0;
  const timeout = Math.floor(bad * 0.3);
  const stop = status === 'stop' ? Math.max(1, Math.round(total * (0.2 + random() * 0.5))) : 0;
  return {
    type: typeOf(place),
    status,
    createTime,
    startTime,
    stopTime,
    targets: single ? { devices } : targetsOfGroup(entry),
    policy: place % 6 === 1 ? { executeType: 'device_online' } : {},
    tally: { total, success: total - bad - stop, fail: bad - timeout, timeout, stop },
    extendPara: place % 3 === 0 ? {} : { version: `2.${place % 5}` },
    reasons: [...FAILURE_REASONS.slice(place % 7), TIMEOUT_REASONS[0]],
  };
}

function activeTasks(platform: SimulatedPlatform, now: number): NewTask[] {
  const running = (place: number, failShare: number): NewTask => {
    const entry = catalogueEntry(place);
    const courses = spreadCourses({
      devices: platform.fleet.devices.membersOfGroup(entry.group),
      failShare,
      reasons: FAILURE_REASONS.slice(0, 2),
      firstEndsAfter: 20 * MINUTE,
      lastEndsAfter: 30 * HOUR,
    });
    return {
      type: typeOf(place),
      createTime: now - (5 + place) * HOUR,
      targets: targetsOfGroup(entry),
      extendPara: { version: '2.6' },
      plan: { devices: courses },
    };
  };
  const waiting = (place: number, days: number): NewTask => {
    const entry = catalogueEntry(place);
    const startTime = now + days * DAY;
    return {
      type: typeOf(place),
      createTime: now - place * HOUR,
      targets: targetsOfGroup(entry),
      policy: { executeType: 'custom', startTime, endTime: startTime + 6 * HOUR },
      tally: { total: entry.devices },
      extendPara: { version: '3.0' },
    };
  };
  return [running(1, 0), running(3, 0.01), waiting(0, 2), waiting(4, 3), waiting(6, 3), waiting(7, 5)];
}

function typeOf(place: number): string {
  return place % 3 === 1 ? 'software_upgrade' : 'firmware_upgrade';
}
