import type { KnownBlock } from '@slack/types';
import type { FailedDevices, TaskDetail, Trouble } from '../core/answer.ts';
import { COUNTERS } from '../core/tally.ts';
import type { DeviceResult, Instant, Json, Task } from '../core/task.ts';
import { freshnessLine, troubleLine } from './freshness.ts';
import { context, fields, header, type Message, section, sections } from './message.ts';
import { progressBar, tallyLine, taskId, taskName, taskTitle } from './task-line.ts';
import { code, count, counted, cut, exactDate, plain } from './text.ts';
import { resultLook, statusLook } from './words.ts';

/** Failed devices shown before the rest is only counted. */
export const SHOWN_FAILURES = 10;
/** Characters of target ids shown; 256 ids of the usual length fit. */
const TARGET_CHARACTERS = 11_000;
const SECTION_CHARACTERS = 2_800;
const SHOWN_PARAMETERS = 12;

/** Everything the platform says about one task, and its failed devices with their reasons. */
export function taskDetail({ task, failed, freshness }: TaskDetail): Message {
  const { emoji, label } = statusLook(task.status);
  const trouble = troubleLine(freshness);
  const bar = progressBar(task.tally);
  return {
    text: plain(cut(`${taskName(task)}: ${label} (${task.operationId})`, 300)),
    blocks: [
      ...(trouble ? [section(trouble)] : []),
      header(taskName(task)),
      section(
        `${emoji} *${plain(cut(label, 60))}* · ${taskTitle(task)}\n${taskId(task.operationId)}\n${bar ? `${bar} ` : ''}${tallyLine(task.tally)}`,
      ),
      fields([
        ['Status', code(cut(task.status, 256))],
        ['Type', code(cut(task.type, 256))],
        ['Created', time(task, 'createTime')],
        ['Started', time(task, 'startTime')],
        ['Ended', time(task, 'stopTime')],
      ]),
      section(`*Devices*\n${counters(task)}`),
      section(`*Policy*\n${policy(task)}`),
      ...targets(task),
      ...sections(['*Extended parameters*', ...parameters(task)]),
      ...failedDevices(failed),
      ...(task.unreadable.length > 0
        ? [
            context(
              `Unreadable, shown as unknown: ${task.unreadable
                .slice(0, 20)
                .map((path) => code(cut(path, 100)))
                .join(', ')}`,
            ),
          ]
        : []),
      context(freshnessLine(freshness)),
    ],
  };
}

function time(task: Task, field: 'createTime' | 'startTime' | 'stopTime'): string {
  return moment(task[field], task.unreadable.includes(field));
}

function moment(at: Instant | null, unreadable: boolean): string {
  if (at !== null) return exactDate(at);
  return unreadable ? 'unknown (unreadable)' : 'not given';
}

function counters({ tally }: Task): string {
  return COUNTERS.map((counter) => {
    const value = tally[counter];
    return `${counter} *${value === null ? 'unknown' : count(value)}*`;
  }).join(' · ');
}

function policy({
  policy: { executeType, startTime, endTime, retryType, retryTimes },
  unreadable,
}: Task): string {
  const known = (field: string, text: string | null) =>
    text ?? (unreadable.includes(`policy.${field}`) ? 'unknown (unreadable)' : 'not given');
  return [
    `runs: ${known('executeType', executeType === null ? null : `${executeLabel(executeType)}${code(cut(executeType, 100))}`)}`,
    `window: ${moment(startTime, unreadable.includes('policy.startTime'))} to ${moment(endTime, unreadable.includes('policy.endTime'))}`,
    `retry: ${known('retryType', retryType === null ? null : retryType ? 'yes' : 'no')}, times: ${known('retryTimes', retryTimes === null ? null : count(retryTimes))}`,
  ].join('\n');
}

function executeLabel(executeType: string): string {
  const labels = new Map([
    ['now', 'at once '],
    ['device_online', 'when each device comes online '],
    ['custom', 'in its window '],
  ]);
  return labels.get(executeType) ?? '';
}

function targets({
  targets: { deviceType, model, manufacturerName, deviceGroups, devices },
}: Task): KnownBlock[] {
  const value = (text: string | null) => (text === null ? 'not given' : code(cut(text, 256)));
  return [
    section(
      `*Targets*\ntype ${value(deviceType)} · model ${value(model)} · manufacturer ${value(manufacturerName)}`,
    ),
    ...idList('group', deviceGroups),
    ...idList('device', devices),
  ];
}

/** Ids in as many sections as they need, each id whole; what does not fit any more is counted. */
function idList(noun: string, ids: readonly string[]): KnownBlock[] {
  if (ids.length === 0) return [];
  const sections: string[] = [];
  let current = '';
  let shown = 0;
  let characters = 0;
  for (const id of ids) {
    const next = code(cut(id, 256));
    characters += next.length + 1;
    if (characters > TARGET_CHARACTERS) break;
    if (current.length + next.length + 1 > SECTION_CHARACTERS) {
      sections.push(current);
      current = '';
    }
    current += `${current === '' ? '' : ' '}${next}`;
    shown += 1;
  }
  const rest = ids.length - shown;
  const all = [...sections, `${current}${rest > 0 ? `\nand ${counted(rest, `more ${noun}`)}` : ''}`];
  return all.map((text, index) => section(index === 0 ? `*${counted(ids.length, noun)}*\n${text}` : text));
}

function parameters({ extendPara }: Task): readonly string[] {
  const entries = Object.entries(extendPara);
  if (entries.length === 0) return ['none'];
  const lines = entries.map(([name, value]) => `${code(cut(name, 100))}: ${code(cut(json(value), 480))}`);
  // The longest lines fill a section each, of which a message has room for a few.
  const rest = counted(lines.length - SHOWN_PARAMETERS, 'more parameter');
  return lines.length <= SHOWN_PARAMETERS ? lines : [...lines.slice(0, SHOWN_PARAMETERS), `and ${rest}`];
}

function json(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function failedDevices(failed: FailedDevices | Trouble): KnownBlock[] {
  if ('message' in failed) {
    return [section(`*Failed devices*\n:warning: ${plain(failed.message)} ${plain(failed.advice)}`)];
  }
  if (failed.results.length === 0) return [section('*Failed devices*\nnone')];
  const shown = failed.results.slice(0, SHOWN_FAILURES);
  const total = failed.total ?? failed.results.length;
  const rest = total - shown.length;
  return [
    ...sections([
      `*Failed devices* (${count(total)})`,
      ...shown.map(failure),
      ...(rest > 0 ? [`and ${count(rest)} more`] : []),
    ]),
  ];
}

function failure({ deviceId, status, detailInfo, stopTime }: DeviceResult): string {
  const reason =
    detailInfo === null || detailInfo.trim() === '' ? 'no reason given' : plain(cut(detailInfo, 160));
  const when = stopTime === null ? '' : ` · ${exactDate(stopTime)}`;
  return `${resultLook(status).emoji} ${code(cut(deviceId, 64))} ${reason}${when}`;
}
