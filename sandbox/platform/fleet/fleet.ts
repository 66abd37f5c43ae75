import type { Json } from '../../../src/core/task/task.ts';
import type { Instant } from '../../../src/lib/instant.ts';
import type { Behaviour } from '../behaviour.ts';
import type { SimulatedClock } from '../clock.ts';
import { rowsOf } from './device-rows.ts';
import { Devices, type NewDevice, newDevice, type SimulatedDevice } from './devices.ts';
import { patched } from './json-patch.ts';
import { playUntil, putOffAgenda, replan, schedulePlan } from './play-plan.ts';
import { type Random, randomDeviceId, randomHex } from './random.ts';
import type {
  FinishedDevices,
  JsonPatch,
  NewTask,
  SimulatedDeviceResult,
  SimulatedTask,
  TaskPatch,
} from './simulated-task.ts';
import { TaskIndex } from './task-index.ts';
import * as moves from './task-moves.ts';
import type { TaskPlan } from './task-plan.ts';
import { newTaskRecord, type TaskRecord } from './task-record.ts';

/** The state of the simulated platform: its tasks, what they did to each device, and the devices. */
export class Fleet {
  readonly devices = new Devices();
  readonly #index = new TaskIndex();
  readonly #clock: SimulatedClock;
  readonly #random: Random;
  readonly #around: moves.Surroundings;
  readonly #planned = new Set<TaskRecord>();
  #nextEventAt = Number.POSITIVE_INFINITY;
  #sequence = 0;

  constructor(parts: { clock: SimulatedClock; behaviour: Behaviour; random: Random }) {
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#around = {
      index: this.#index,
      behaviour: parts.behaviour,
      membersOfGroup: (group) => this.devices.membersOfGroup(group),
      deviceMoved: (task, row, at) => this.devices.moved(task, row, at),
    };
    parts.clock.onMove(() => this.catchUp());
  }

  /** Adds a task; everything has a default (see NewTask). A plan starts to play at once. */
  addTask(task: NewTask = {}): SimulatedTask {
    let operationId = task.operationId ?? `op-${randomHex(this.#random, 8)}`;
    while (task.operationId === undefined && this.#index.find(operationId) !== undefined) {
      operationId = `op-${randomHex(this.#random, 8)}`;
    }
    if (this.#index.find(operationId) !== undefined) throw new Error(`Task ${operationId} exists already.`);
    this.#sequence += 1;
    const record = newTaskRecord(task, operationId, this.#sequence, this.#clock.now());
    this.#index.add(record);
    schedulePlan(record);
    this.#watchAgenda(record);
    this.catchUp();
    return record;
  }

  /** The task as it stands now. */
  task(operationId: string): SimulatedTask | undefined {
    return this.recordOf(operationId);
  }

  /** Oldest first: all tasks, or those of one status. */
  tasks(status?: string): readonly SimulatedTask[] {
    return this.records(status);
  }

  /** How many tasks there are, per status. */
  countsByStatus(): Readonly<Record<string, number>> {
    this.catchUp();
    return this.#index.counts();
  }

  get size(): number {
    return this.#index.size;
  }

  /** Changes the members named and nothing else. */
  change(operationId: string, patch: TaskPatch): SimulatedTask {
    const task = this.#get(operationId);
    const { status, createTime, targets, policy, tally, ...rest } = patch;
    if (status !== undefined) this.#index.setStatus(task, status);
    if (createTime !== undefined) this.#index.setCreateTime(task, createTime);
    if (targets !== undefined) task.targets = { ...task.targets, ...targets };
    if (policy !== undefined) task.policy = { ...task.policy, ...policy };
    if (tally !== undefined) {
      task.tally = { ...task.tally, ...tally };
      task.rowsInStep = false;
    }
    return Object.assign(task, rest);
  }

  /**
   * Puts the task into a status. Times follow; so do, unless counters are to be kept, the devices not yet done: to
   * `success`, `fail` or `stop` where the task ends, to `processing` where it starts. An ended task forgets its plan.
   */
  setStatus(
    operationId: string,
    status: string,
    options: { counters?: 'follow' | 'keep' } = {},
  ): SimulatedTask {
    const task = this.#get(operationId);
    moves.setStatus(this.#around, task, status, options.counters !== 'keep', this.#clock.now());
    return task;
  }

  /**
   * Ends so many devices, those at work before those that wait. A waiting task starts by it, and a task with no device
   * left ends by it, unless it is told not to settle (the status then lags behind the counters).
   */
  finishDevices(
    operationId: string,
    finished: FinishedDevices,
    options: { settle?: boolean } = {},
  ): SimulatedTask {
    const task = this.#get(operationId);
    moves.finishDevices(this.#around, task, finished, options.settle !== false, this.#clock.now());
    return task;
  }

  /** Somebody stops the task: what is not done is stopped. */
  stopTask(operationId: string): SimulatedTask {
    return this.setStatus(operationId, 'stop');
  }

  /** A retry: failed devices go back to work. Refused where the policy allows none, unless it is forced. */
  retryTask(operationId: string, options: { force?: boolean } = {}): SimulatedTask {
    const task = this.#get(operationId);
    const forced = options.force === true && task.status === 'failed';
    if (!forced && !moves.mayRetry(task))
      throw new Error(`The policy of task ${operationId} allows no retry now.`);
    moves.retry(this.#around, task, this.#clock.now());
    return task;
  }

  /** Gives the devices not yet done a new course, counted from now: one per device of the task, in their order. */
  replan(operationId: string, plan: TaskPlan): SimulatedTask {
    const task = this.#get(operationId);
    const open = rowsOf(task, this.#around.membersOfGroup).flatMap(({ state }, place) =>
      state === 'wait' || state === 'processing' ? [place] : [],
    );
    replan(task, plan, open, this.#clock.now());
    this.#watchAgenda(task);
    return task;
  }

  /** The task's plan stands still from now on: no counter of it moves by itself. */
  holdTask(operationId: string): SimulatedTask {
    const task = this.#get(operationId);
    task.heldSince ??= this.#clock.now();
    return task;
  }

  /** A held task goes on where it stood; all that was planned comes later by the time it was held. */
  releaseTask(operationId: string): SimulatedTask {
    const task = this.#get(operationId);
    if (task.heldSince !== null) putOffAgenda(task, this.#clock.now() - task.heldSince);
    task.heldSince = null;
    this.#watchAgenda(task);
    return task;
  }

  removeTask(operationId: string): void {
    const task = this.#get(operationId);
    this.#index.remove(task);
    this.#planned.delete(task);
  }

  /** What the task did to each device, in the order sent. */
  deviceResults(operationId: string): readonly SimulatedDeviceResult[] {
    return rowsOf(this.#get(operationId), this.#around.membersOfGroup);
  }

  /** Lays members over the task's JSON as sent. Later patches come on top; an undefined member is left out. */
  raw(operationId: string, patch: JsonPatch): void {
    const task = this.#get(operationId);
    task.overlay = patched(task.overlay, patch);
  }

  /** Sends this instead of the task, be it no object at all. */
  rawWhole(operationId: string, json: Json): void {
    this.#get(operationId).replacement = { json };
  }

  /** Lays members over the JSON of each device result of the task. */
  rawDeviceResults(operationId: string, patch: JsonPatch): void {
    const task = this.#get(operationId);
    task.rowOverlay = patched(task.rowOverlay, patch);
  }

  /** Sends the task as it is again. */
  clearRaw(operationId: string): void {
    Object.assign(this.#get(operationId), { overlay: {}, rowOverlay: {}, replacement: null });
  }

  /** Adds a device; everything has a default. Change it through `devices`. */
  addDevice(device: NewDevice = {}): SimulatedDevice {
    const deviceId = device.deviceId ?? randomDeviceId(this.#random);
    return this.devices.add(newDevice(device, deviceId, this.#clock.now()));
  }

  /** Plays all plans up to the clock's now. Done by itself before every reading. */
  catchUp(): void {
    const now = this.#clock.now();
    if (now < this.#nextEventAt) return;
    let next = Number.POSITIVE_INFINITY;
    for (const task of this.#planned) {
      playUntil(this.#around, task, now);
      const event = task.agenda[0];
      if (event === undefined) this.#planned.delete(task);
      // A held task brings nothing before it is released, which looks again.
      else if (task.heldSince === null) next = Math.min(next, event.at);
    }
    this.#nextEventAt = next;
  }

  /** For the server: the task with all that belongs to it. */
  recordOf(operationId: string): TaskRecord | undefined {
    this.catchUp();
    return this.#index.find(operationId);
  }

  /** For the server: oldest first, all or those of one status. */
  records(status?: string): readonly TaskRecord[] {
    this.catchUp();
    return this.#index.tasks(status);
  }

  now(): Instant {
    return this.#clock.now();
  }

  #watchAgenda(task: TaskRecord): void {
    const [event] = task.agenda;
    if (event === undefined) return;
    this.#planned.add(task);
    this.#nextEventAt = Math.min(this.#nextEventAt, event.at);
  }

  #get(operationId: string): TaskRecord {
    const task = this.recordOf(operationId);
    if (task === undefined) throw new Error(`No task ${operationId} in the fleet.`);
    return task;
  }
}
