import type { DeviceDetail, DeviceTask } from '../../core/question/answer.ts';
import type { Device } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { context, fields, header, type Message, section } from '../blocks/message.ts';
import { code, count, counted, cut, exactDate, plain } from '../blocks/text.ts';
import { statusLook } from '../blocks/words.ts';
import { taskEntry } from './task-list.ts';

/** Tasks shown under a device; the rest are only counted. */
const SHOWN_TASKS = 10;

const STATES: ReadonlyMap<string, string> = new Map([
  ['ONLINE', ':large_green_circle: online'],
  ['OFFLINE', ':white_circle: offline'],
  ['ABNORMAL', ':warning: abnormal'],
  ['INACTIVE', ':white_circle: never seen online'],
]);

/** A device as the platform shows it, and the tasks aimed at it with what each did to the device. */
export function deviceDetail(detail: DeviceDetail, now: Instant): Message {
  const { deviceId, device, trouble, tasks, total, freshness } = detail;
  const name = device?.name || device?.nodeId || deviceId;
  const warning = troubleLine(freshness);
  const shown = tasks.slice(0, SHOWN_TASKS);
  const rest = total - shown.length;
  const unread = shown.some(({ task, outcome }) => outcome.kind === 'not-read' && task.status !== 'waiting');
  return {
    text: plain(cut(`Device ${name} (${deviceId}): ${counted(total, 'upgrade task')}`, 300)),
    blocks: [
      header(name),
      ...(device ? about(device) : []),
      ...(trouble ? [section(`:warning: ${plain(trouble.message)} ${plain(trouble.advice)}`)] : []),
      ...(warning ? [section(warning)] : []),
      section(
        shown.length === 0 ? 'No upgrade task is aimed at this device.' : '*Upgrade tasks aimed at it*',
      ),
      ...shown.map((entry) => section(`${taskEntry(entry.task, now)}\n${outcomeLine(entry)}`)),
      ...(rest > 0 ? [context(`and ${count(rest)} more: ${code(`/upgrades device:${deviceId}`)}`)] : []),
      ...(unread
        ? [context('Results not read yet are read a few at a time: ask again to see more of them.')]
        : []),
      context(`${code(deviceId)} · ${freshnessLine(freshness)}`),
    ],
  };
}

/** What a task did to this particular device. */
function outcomeLine({ task, outcome }: DeviceTask): string {
  if (outcome.kind === 'not-read') {
    return task.status === 'waiting' ? '*This device:* waiting' : '*This device:* not read yet';
  }
  if (outcome.kind === 'not-failed') {
    return task.status === 'succeeded'
      ? '*This device:* succeeded'
      : '*This device:* not among the failed ones';
  }
  const { detailInfo, stopTime } = outcome.result;
  const { emoji, label } = statusLook(outcome.result);
  const reason = detailInfo === null || detailInfo.trim() === '' ? '' : `: ${plain(cut(detailInfo, 160))}`;
  const when = stopTime === null ? '' : ` · ${exactDate(stopTime)}`;
  return `*This device:* ${emoji} ${plain(cut(label, 40))}${reason}${when}`;
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
