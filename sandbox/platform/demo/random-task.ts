import type { Fleet } from '../fleet/fleet.ts';
import type { Random } from '../fleet/random.ts';
import type { NewTask } from '../fleet/simulated-task.ts';
import { CATALOGUE, catalogueEntry, targetsOfGroup } from './demo-catalogue.ts';
import { FAILURE_REASONS, TIMEOUT_REASONS } from './failure-reasons.ts';
import { spreadCourses } from './spread-courses.ts';

const MINUTE = 60_000;

/** How such tasks go, and how often: most go well. */
const COURSES = [
  { upTo: 0.5, failShare: 0, timeoutShare: 0 },
  { upTo: 0.7, failShare: 0.02, timeoutShare: 0 },
  { upTo: 0.85, failShare: 0.22, timeoutShare: 0.02 },
  { upTo: 1, failShare: 0, timeoutShare: 0.12 },
] as const;

/** A task somebody might start now: a part of one group of the catalogue, done within one to three hours. */
export function randomTask(fleet: Fleet, random: Random): NewTask {
  const entry = catalogueEntry(Math.floor(random() * CATALOGUE.length));
  const members = fleet.devices.membersOfGroup(entry.group);
  const count = Math.min(members.length, 40 + Math.floor(random() * 260));
  const from = Math.floor(random() * (members.length - count + 1));
  const luck = random();
  const { failShare, timeoutShare } = COURSES.find(({ upTo }) => luck < upTo) ?? COURSES[0];
  const place = Math.floor(random() * FAILURE_REASONS.length);
  const reasons = [place, place, place + 1].map(
    (one) => FAILURE_REASONS[one % FAILURE_REASONS.length] ?? FAILURE_REASONS[0],
  );
  const devices = spreadCourses({
    devices: members.slice(from, from + count),
    failShare,
    timeoutShare,
    reasons,
    timeoutReason: TIMEOUT_REASONS[Math.floor(random() * TIMEOUT_REASONS.length)] ?? TIMEOUT_REASONS[0],
    retryOutcomes: ['success'],
    firstEndsAfter: 8 * MINUTE,
    lastEndsAfter: (60 + Math.floor(random() * 120)) * MINUTE,
  });
  return {
    type: random() < 0.35 ? 'software_upgrade' : 'firmware_upgrade',
    targets: targetsOfGroup(entry),
    policy: random() < 0.3 ? { retryType: true, retryTimes: 2 } : {},
    extendPara: { version: `3.${Math.floor(random() * 6)}` },
    plan: { devices, startsAfter: 2 * MINUTE, retryAfter: 20 * MINUTE },
  };
}
