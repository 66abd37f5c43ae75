import type { Behaviour } from '../behaviour.ts';
import type { DeviceRow } from '../fleet/device-rows.ts';
import { overlaid, withoutNulls } from '../fleet/json-patch.ts';
import type { TaskRecord } from '../fleet/task-record.ts';
import type { WireJson } from './answers.ts';
import { wireTime } from './wire-time.ts';

/** The task as the platform writes it, with the oddities asked for. */
export function wireTask(task: TaskRecord, behaviour: Behaviour): WireJson {
  if (task.replacement !== null) return task.replacement.json;
  const time = (instant: number | null) => wireTime(instant, behaviour.timesAs);
  const { targets, policy } = task;
  const json: WireJson = {
    operationId: task.operationId,
    createTime: time(task.createTime),
    startTime: time(task.startTime),
    stopTime: time(task.stopTime),
    operateType: task.type,
    targets: {
      deviceGroups: orNull(targets.deviceGroups),
      deviceType: targets.deviceType,
      model: targets.model,
      manufacturerName: targets.manufacturerName,
      devices: orNull(targets.devices),
    },
    policy: {
      executeType: policy.executeType,
      startTime: time(policy.startTime),
      endTime: time(policy.endTime),
      retryType:
        policy.retryType !== null && behaviour.retryTypeAs === 'string'
          ? String(policy.retryType)
          : policy.retryType,
      retryTimes: policy.retryTimes,
    },
    status: task.status,
    staResult: counters(task, behaviour),
    extendPara: task.extendPara,
  };
  return overlaid(behaviour.nullsAs === 'missing' ? withoutNulls(json) : json, task.overlay);
}

/** One device's result; both `fail` and `timeout` are sent as `fail`, since sub-tasks know no timeout. */
export function wireDeviceResult(task: TaskRecord, row: DeviceRow, behaviour: Behaviour): WireJson {
  const json: WireJson = {
    subOperationId: row.subOperationId,
    createTime: wireTime(row.createTime, behaviour.timesAs),
    startTime: wireTime(row.startTime, behaviour.timesAs),
    stopTime: wireTime(row.stopTime, behaviour.timesAs),
    operateType: task.type,
    deviceId: row.deviceId,
    status: wireState(row),
    detailInfo: row.detailInfo,
    extendInfo: {},
  };
  return overlaid(behaviour.nullsAs === 'missing' ? withoutNulls(json) : json, task.rowOverlay);
}

/** The word `subOperationStatus` filters by. */
export function wireState(row: DeviceRow): string {
  return row.state === 'timeout' ? 'fail' : row.state;
}

function counters(task: TaskRecord, behaviour: Behaviour): WireJson {
  const { total, wait, processing, success, fail, stop, timeout } = task.tally;
  const sent = {
    total,
    wait,
    processing,
    success,
    fail: behaviour.timeoutInsideFail ? fail + timeout : fail,
    stop,
    timeout,
  };
  if (behaviour.countersAs === 'number') return sent;
  return Object.fromEntries(Object.entries(sent).map(([name, count]) => [name, String(count)]));
}

function orNull(items: readonly string[]): readonly string[] | null {
  return items.length === 0 ? null : items;
}
