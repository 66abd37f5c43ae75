import type { DeviceDetail } from '../core/answer.ts';
import type { Device, Instant } from '../core/task.ts';
import { freshnessLine, troubleLine } from './freshness.ts';
import { context, fields, header, type Message, section } from './message.ts';
import { taskEntry } from './task-list.ts';
import { code, count, cut, exactDate, plain } from './text.ts';

/** Tasks shown under a device; the rest is counted. */
const SHOWN_TASKS = 10;

const STATES: ReadonlyMap<string, string> = new Map([
  ['ONLINE', ':large_green_circle: online'],
  ['OFFLINE', ':white_circle: offline'],
  ['ABNORMAL', ':warning: abnormal'],
  ['INACTIVE', ':white_circle: never seen online'],
]);

/** A device as the platform shows it, and the tasks aimed at it. */
export function deviceDetail({ deviceId, device, trouble, tasks }: DeviceDetail, now: Instant): Message {
  const name = device?.name || device?.nodeId || deviceId;
  const warning = troubleLine(tasks.freshness);
  const shown = tasks.tasks.slice(0, SHOWN_TASKS);
  const rest = (tasks.total ?? tasks.tasks.length) - shown.length;
  return {
    text: plain(cut(`Device ${name} (${deviceId}): ${tasks.total ?? shown.length} upgrade tasks`, 300)),
    blocks: [
      header(name),
      ...(device ? about(device) : []),
      ...(trouble ? [section(`:warning: ${plain(trouble.message)} ${plain(trouble.advice)}`)] : []),
      ...(warning ? [section(warning)] : []),
      section(
        shown.length === 0
          ? 'No upgrade task is aimed at this device by its id.'
          : '*Upgrade tasks aimed at it*',
      ),
      ...shown.map((task) => section(taskEntry(task, now))),
      ...(rest > 0 ? [context(`and ${count(rest)} more: ${code(`/upgrades device:${deviceId}`)}`)] : []),
      context(`${code(deviceId)} · ${freshnessLine(tasks.freshness)}`),
    ],
  };
}

function about(device: Device) {
  const value = (text: string | null) => (text === null || text === '' ? 'not given' : plain(cut(text, 120)));
  const state =
    device.status === null ? 'unknown' : (STATES.get(device.status) ?? plain(cut(device.status, 60)));
  const detail =
    device.statusDetail === null || device.statusDetail === 'NONE' ? '' : ` (${stateDetail(device)})`;
  return [
    section(`${state}${detail}`),
    fields([
      ['Device', `${value(device.deviceType)} ${value(device.model)}`],
      ['Manufacturer', value(device.manufacturerName)],
      ['Firmware', value(device.fwVersion)],
      ['Software', value(device.swVersion)],
      ['Hardware', value(device.hwVersion)],
      ['Last report', device.lastReportTime === null ? 'none known' : exactDate(device.lastReportTime)],
      ['Battery', value(device.batteryLevel)],
      ['Signal', value(device.signalStrength)],
    ]),
  ];
}

function stateDetail({ statusDetail }: Device): string {
  return statusDetail === 'FIRMWARE_UPDATING'
    ? 'firmware is being updated'
    : plain(cut(statusDetail ?? '', 60));
}
