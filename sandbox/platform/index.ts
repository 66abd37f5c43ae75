/** The simulated platform as its users import it: tests, the demo and the control panel. */
export { type Behaviour, documentedBehaviour, type PageAnswered } from './behaviour.ts';
export { createSimulatedClock, type SimulatedClock } from './clock.ts';
export { type DemoDay, playDemoDay } from './demo/demo-day.ts';
export { seedDemoFleet } from './demo/demo-fleet.ts';
export { playDemoHours } from './demo/demo-hours.ts';
export { FAILURE_REASONS, TIMEOUT_REASONS } from './demo/failure-reasons.ts';
export { randomTask } from './demo/random-task.ts';
export { type Spread, spreadCourses } from './demo/spread-courses.ts';
export type { NewDevice, SimulatedDevice } from './fleet/devices.ts';
export type { Fleet } from './fleet/fleet.ts';
export { type Random, seededRandom } from './fleet/random.ts';
export type {
  Counts,
  DeviceState,
  FinishedDevices,
  JsonPatch,
  NewTask,
  SimulatedDeviceResult,
  SimulatedTask,
  TaskPatch,
} from './fleet/simulated-task.ts';
export type { DeviceCourse, Outcome, TaskPlan } from './fleet/task-plan.ts';
export type { CallName, RecordedCall } from './server/call-log.ts';
export type { Fault, FaultReach, QueuedFault } from './server/faults.ts';
export { type Authority, type Identity, makeAuthority } from './server/make-authority.ts';
export { wireTime } from './server/wire-time.ts';
export {
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  startSimulatedPlatform,
} from './start-simulated-platform.ts';
