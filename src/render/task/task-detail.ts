import type { KnownBlock } from '@slack/types';
import type { FailedDevices, TaskDetail, Trouble } from '../../core/question/answer.ts';
import type { ShownTask } from '../../core/question/shown-task.ts';
import { COUNTERS, type Counter } from '../../core/task/tally.ts';
import type { DeviceResult, Json, Task } from '../../core/task/task.ts';
import type { Instant } from '../../lib/instant.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { buttons, context, fields, header, type Message, section, sections } from '../blocks/message.ts';
import { code, count, counted, cut, exactDate, plain } from '../blocks/text.ts';
import { statusLook } from '../blocks/words.ts';
import { progressBar, tallyLine, taskId, taskName, taskTitle } from './task-line.ts';
import { taskLook } from './task-look.ts';

/** Failed devices shown; the rest are only counted. */
const SHOWN_FAILURES = 10;
/** Maximum characters of target ids; 256 ids of the usual length fit. */
const TARGET_CHARACTERS = 11_000;
const SECTION_CHARACTERS = 2_800;
const SHOWN_PARAMETERS = 12;

/** Everything the platform says about a task, and its failed devices with their reasons. */
export function taskDetail({ task, failed, freshness }: TaskDetail): Message {
  const { label } = taskLook(task);
  const trouble = troubleLine(freshness);
  return {
    text: plain(cut(`${taskName(task)}: ${label} (${task.operationId})`, 300)),
    blocks: [
      ...(trouble ? [section(trouble)] : []),
      header(taskName(task)),
      section(taskHead(task)),
      fields([
        ['Status', code(cut(task.statusWord ?? 'unknown', 256))],
        ['Type', code(cut(task.typeWord ?? 'unknown', 256))],
        ['Created', taskTime(task, 'createTime')],
        ['Started', taskTime(task, 'startTime')],
        ['Ended', taskTime(task, 'stopTime')],
      ]),
      section(`*Devices*\n${taskCounters(task)}`),
      section(`*Policy*\n${policyLines(task)}`),
      ...targetsPart(task, TARGET_CHARACTERS),
      ...sections(['*Extended parameters*', ...parameterLines(task)]),
      ...failedDevicesPart(failed),
      ...unreadablePart(task),
      context(freshnessLine(freshness)),
      ...buttons(
        { actionId: ACTIONS.taskDetails, label: 'Details', value: cut(task.operationId, 2_000) },
        { actionId: ACTIONS.taskReasons, label: 'Reasons', value: cut(task.operationId, 2_000) },
        { actionId: ACTIONS.taskHistory, label: 'History', value: cut(task.operationId, 2_000) },
      ),
    ],
  };
}

/** Three lines: status and title, id, progress. */
export function taskHead(task: ShownTask): string {
  const { emoji, label } = taskLook(task);
  const bar = progressBar(task.tally);
  return `${emoji} *${plain(label)}* · ${taskTitle(task)}\n${taskId(task.operationId)}\n${bar ? `${bar} ` : ''}${tallyLine(task.tally)}`;
}

/** The fields that could not be read; empty if there are none. */
export function unreadablePart({ unreadable }: Task): readonly KnownBlock[] {
  if (unreadable.length === 0) return [];
  const paths = unreadable.slice(0, 20).map((path) => code(cut(path, 100)));
  return [context(`Unreadable, shown as unknown: ${paths.join(', ')}`)];
}

/** One of a task's times, or why it is missing. */
export function taskTime(task: Task, field: 'createTime' | 'startTime' | 'stopTime'): string {
  return moment(task[field], task.unreadable.includes(field));
}

function moment(at: Instant | null, unreadable: boolean): string {
  if (at !== null) return exactDate(at);
  return unreadable ? 'unknown (unreadable)' : 'not given';
}

/** The seven counters under the platform's names. */
export function taskCounters({ tally }: Task): string {
  return COUNTERS.map((counter) => {
    const value = tally[counter];
    return `${COUNTER_NAMES[counter]} *${value === null ? 'unknown' : count(value)}*`;
  }).join(' · ');
}

const COUNTER_NAMES: Readonly<Record<Counter, string>> = {
  total: 'total',
  waiting: 'wait',
  running: 'processing',
  succeeded: 'success',
  failed: 'fail',
  stopped: 'stop',
  timedOut: 'timeout',
};

/** Three lines: how the task runs, its window, its retries. */
export function policyLines({
  policy: { executeType, startTime, endTime, retryType, retryTimes },
  unreadable,
}: Task): string {
  const known = (field: string, text: string | null) =>
    text ?? (unreadable.includes(`policy.${field}`) ? 'unknown (unreadable)' : 'not given');
  return [
    `runs: ${known('executeType', executeType === null ? null : `${executeLabel(executeType)}${code(cut(executeType, 100))}`)}`,
    `window: ${window(startTime, endTime, unreadable)}`,
    `retry: ${known('retryType', retryType === null ? null : retryType ? 'yes' : 'no')}, times: ${known('retryTimes', retryTimes === null ? null : count(retryTimes))}`,
  ].join('\n');
}

function window(start: Instant | null, end: Instant | null, unreadable: readonly string[]): string {
  const [startLost, endLost] = ['policy.startTime', 'policy.endTime'].map((field) =>
    unreadable.includes(field),
  );
  if (start === null && end === null && !startLost && !endLost) return 'none given';
  return `${moment(start, startLost === true)} to ${moment(end, endLost === true)}`;
}

function executeLabel(executeType: string): string {
  const labels = new Map([
    ['now', 'at once '],
    ['device_online', 'when each device comes online '],
    ['custom', 'in its window '],
  ]);
  return labels.get(executeType) ?? '';
}

/** What the task is aimed at; each list of ids shows as many as fit into `room` characters. */
export function targetsPart({ targets }: Task, room: number): KnownBlock[] {
  const { deviceType, model, manufacturerName, deviceGroups, devices } = targets;
  const value = (text: string | null) => (text === null ? 'not given' : code(cut(text, 256)));
  return [
    section(
      `*Targets*\ntype ${value(deviceType)} · model ${value(model)} · manufacturer ${value(manufacturerName)}`,
    ),
    ...idList('group', deviceGroups, room),
    ...idList('device', devices, room),
  ];
}

/** Ids in as many sections as needed, each id whole; ids that no longer fit are only counted. */
function idList(noun: string, ids: readonly string[], room: number): KnownBlock[] {
  if (ids.length === 0) return [];
  const sections: string[] = [];
  let current = '';
  let shown = 0;
  let characters = 0;
  for (const id of ids) {
    const next = code(cut(id, 256));
    characters += next.length + 1;
    if (characters > room) break;
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

/** `extendPara`, one line per entry. */
export function parameterLines({ extendPara }: Task): readonly string[] {
  const entries = Object.entries(extendPara);
  if (entries.length === 0) return ['none'];
  const lines = entries.map(([name, value]) => `${code(cut(name, 100))}: ${code(cut(json(value), 480))}`);
  // The longest lines take a section each, and a message has room for only a few.
  const rest = counted(lines.length - SHOWN_PARAMETERS, 'more parameter');
  return lines.length <= SHOWN_PARAMETERS ? lines : [...lines.slice(0, SHOWN_PARAMETERS), `and ${rest}`];
}

function json(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first failed devices with their reasons. */
export function failedDevicesPart(failed: FailedDevices | Trouble): KnownBlock[] {
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

function failure(result: DeviceResult): string {
  const { deviceId, detailInfo, stopTime } = result;
  const reason =
    detailInfo === null || detailInfo.trim() === '' ? 'no reason given' : plain(cut(detailInfo, 160));
  const when = stopTime === null ? '' : ` · ${exactDate(stopTime)}`;
  return `${statusLook(result).emoji} ${code(cut(deviceId, 64))} ${reason}${when}`;
}
