import type { DataTableBlock, KnownBlock } from '@slack/types';
import type { FailedDevicesReport } from '../../core/question/detail-answer.ts';
import { groupReasons, type ReasonGroup, together } from '../../core/task/reasons.ts';
import type { DeviceResult } from '../../core/task/task.ts';
import { freshnessLine, troubleLine } from '../blocks/freshness.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, count, counted, cut, exactDate, percent, plain, visible } from '../blocks/text.ts';
import { taskId, taskName, taskTitle } from './task-line.ts';

/** Failed devices listed in the message; if there are more, all go into a file. */
export const SHOWN_DEVICES = 10;
/** Maximum rows of a `data_table` without its header, and characters in all cells (Slack: 101 rows, 10,000). */
const MOST_ROWS = 100;
const MOST_CHARACTERS = 9_800;
/** Characters reserved for the last row, in case the others fill the table. */
const LAST_ROW = 60;

/** What becomes of the file with all failed devices, if there are more than the message lists. */
export type FileNote = 'follows' | 'needs-scope' | 'none';

/** Why a task's devices failed: the reasons by frequency, the first devices, and where to find the rest. */
export function reasonsMessage(report: FailedDevicesReport, file: FileNote): Message {
  const { task, operationId, results, freshness } = report;
  const trouble = troubleLine(freshness);
  const groups = groupReasons(results, MOST_ROWS);
  return {
    text: reasonsText(report, groups),
    blocks: [
      ...(trouble ? [section(trouble)] : []),
      section(
        `*Why devices failed*${task === null ? '' : ` · ${taskTitle(task)}`}\n${taskId(operationId)} · ${totals(report, groups)}`,
      ),
      ...(groups.length === 0 ? [] : [table(groups)]),
      ...(results.length === 0
        ? []
        : sections([
            '*Failed devices*',
            ...results.slice(0, SHOWN_DEVICES).map(deviceLine),
            ...rest(report, file),
          ])),
      ...cutNote(report),
      context(freshnessLine(freshness)),
    ],
  };
}

function totals({ results, total }: FailedDevicesReport, groups: readonly ReasonGroup[]): string {
  if (results.length === 0) return 'no device has failed';
  const failed = Math.max(total ?? 0, results.length);
  const reasons = groups.reduce((sum, group) => sum + group.reasons, 0);
  return `${counted(failed, 'device')} failed, ${counted(reasons, 'reason')}`;
}

function table(groups: readonly ReasonGroup[]): KnownBlock {
  const rows: DataTableBlock['rows'] = [['Reason', 'Devices', 'Share'].map(raw)];
  let characters = 0;
  for (const [index, group] of groups.entries()) {
    const cells = [groupLabel(group), count(group.devices), percent(group.share)];
    characters += cells.reduce((sum, cell) => sum + [...cell].length, 0);
    if (characters > MOST_CHARACTERS - LAST_ROW) {
      rows.push(row(together(groups.slice(index))));
      break;
    }
    rows.push(row(group));
  }
  return { type: 'data_table', caption: 'Failed devices by reason', rows, page_size: 10 };
}

function row(group: ReasonGroup): DataTableBlock['rows'][number] {
  return [
    raw(groupLabel(group)),
    { type: 'raw_number', value: group.devices, text: count(group.devices) },
    { type: 'raw_number', value: Math.round(group.share * 1_000) / 10, text: percent(group.share) },
  ];
}

function raw(text: string) {
  return { type: 'raw_text' as const, text };
}

/** Not escaped: table cells are plain text. Slack rejects empty ones. */
function groupLabel({ kind, reason, reasons }: ReasonGroup): string {
  if (kind === 'none') return '(no reason given)';
  if (kind === 'other') return `(${counted(reasons, 'other reason')})`;
  const shown = visible(cut(reason, 200)).trim();
  return shown === '' ? '-' : shown;
}

function deviceLine({ deviceId, detailInfo, stopTime }: DeviceResult): string {
  const reason =
    detailInfo === null || detailInfo.trim() === '' ? 'no reason given' : plain(cut(detailInfo, 160));
  return `${code(cut(deviceId, 64))} ${reason}${stopTime === null ? '' : ` · ${exactDate(stopTime)}`}`;
}

function rest({ results }: FailedDevicesReport, file: FileNote): readonly string[] {
  const hidden = results.length - SHOWN_DEVICES;
  if (hidden <= 0) return [];
  const more = `and ${count(hidden)} more`;
  if (file === 'follows') return [`${more}: all of them in the CSV file that follows`];
  if (file === 'none') return [more];
  return [
    `${more}. To get all of them as a CSV file, whoever runs this bot grants it the scope \`files:write\` (in the app's settings under *OAuth &amp; Permissions*) and installs it again.`,
  ];
}

/** Shown if not all failed devices were read: the reasons then cover only some of them. */
function cutNote({ cut: why, results, total }: FailedDevicesReport): readonly KnownBlock[] {
  if (why === null) return [];
  const read = `Only ${counted(results.length, 'failed device')}${total === null ? '' : ` of ${count(total)}`} ${results.length === 1 ? 'was' : 'were'} read`;
  if (why.kind === 'too-many') return [section(`:warning: ${read}: more would cost too many calls.`)];
  const { message, advice } = why.trouble;
  return [section(`:warning: ${read}. ${plain(message)} ${plain(advice)}`)];
}

function reasonsText(report: FailedDevicesReport, groups: readonly ReasonGroup[]): string {
  const { task, operationId } = report;
  const name = task === null ? 'Upgrade task' : taskName(task);
  const lines = groups.map((group) =>
    plain(`${groupLabel(group)}: ${counted(group.devices, 'device')} (${percent(group.share)})`),
  );
  const head = plain(cut(`${name} (${operationId}): ${totals(report, groups)}`, 600));
  return fitLines([head, ...lines].join('\n'), 3_500);
}
