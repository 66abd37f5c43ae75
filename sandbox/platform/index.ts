/** The simulated platform as its users import it: tests, the demo and the control panel. */
export { type Behaviour, documentedBehaviour, type PageAnswered } from './behaviour.ts';
export type { CallName, RecordedCall } from './call-log.ts';
export { createSimulatedClock, type SimulatedClock } from './clock.ts';
export { type DemoDay, playDemoDay } from './demo-day.ts';
export { seedDemoFleet } from './demo-fleet.ts';
export { playDemoHours } from './demo-hours.ts';
export type { NewDevice, SimulatedDevice } from './devices.ts';
export { FAILURE_REASONS, TIMEOUT_REASONS } from './failure-reasons.ts';
export type { Fault, FaultReach, QueuedFault } from './faults.ts';
export type { Fleet } from './fleet.ts';
export { type Authority, type Identity, makeAuthority } from './make-authority.ts';
export { type Random, seededRandom } from './random.ts';
export { randomTask } from './random-task.ts';
export type {
  Counts,
  DeviceState,
  FinishedDevices,
  JsonPatch,
  NewTask,
  SimulatedDeviceResult,
  SimulatedTask,
  TaskPatch,
} from './simulated-task.ts';
export { type Spread, spreadCourses } from './spread-courses.ts';
export {
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  startSimulatedPlatform,
} from './start-simulated-platform.ts';
export type { DeviceCourse, Outcome, TaskPlan } from './task-plan.ts';
export { wireTime } from './wire-time.ts';
