import { z } from 'zod';
import type { Page } from '../../port.ts';
import { unreadableAnswer } from '../../transport/unreadable-answer.ts';
import { isObject, type JsonObject } from '../read-body.ts';
import { FieldReader } from './read-fields.ts';

const envelope = z.looseObject({ data: z.array(z.unknown()).nullish() });
const MEMBERS = ['data', 'pageNo', 'pageSize', 'totalCount', 'totalSize'];
const ADVICE =
  'If it lasts, report it to the platform operator: a list of at most the rows asked for belongs in the member "data".';

/**
 * Corrects a total that is smaller than the rows read so far. A page with room left is the last one, so its
 * rows give the total; otherwise the total is unknown.
 */
function correctTotal(
  announced: number | null,
  received: number,
  { pageNo, pageSize }: Pick<AskedPage, 'pageNo' | 'pageSize'>,
): number | null {
  const rows = received === 0 ? 0 : pageNo * pageSize + received;
  if (announced === null || announced >= rows) return announced;
  return received < pageSize ? rows : null;
}

export interface AskedPage {
  readonly what: string;
  readonly pageNo: number;
  readonly pageSize: number;
}

/**
 * Reads one page of a list. If `readRow` returns null, only that row is lost, never the page.
 *
 * Platform facts: the total is `totalCount` in the REST pages (iot_06_0082) and `totalSize` in the list
 * classes of two SDKs, and may be missing. An empty page may lack `data`. But if the total promises rows on
 * this page, or no member of a page is present, the list must not count as empty: its tasks would seem to
 * have vanished.
 */
export function readPage<Item>(
  answer: JsonObject,
  asked: AskedPage,
  readRow: (row: JsonObject) => Item | null,
  onUnreadable: (what: string) => void,
): Page<Item> {
  const read = envelope.safeParse(answer);
  if (!read.success) throw unreadableAnswer('its list of rows is no list', ADVICE);
  if (!MEMBERS.some((member) => member in answer)) {
    throw unreadableAnswer('it holds no list of rows', ADVICE);
  }
  const fields = new FieldReader(answer, (path) => onUnreadable(`${asked.what}: ${path}`));
  const announced = fields.count('totalCount') ?? fields.count('totalSize');
  const rows = read.data.data ?? [];
  const total = correctTotal(announced, rows.length, asked);
  if (total !== announced) onUnreadable(`${asked.what}: the total is smaller than the number of rows`);
  if (!Array.isArray(read.data.data) && total !== null && total > asked.pageNo * asked.pageSize) {
    throw unreadableAnswer('it announces rows and holds none', ADVICE);
  }
  // Reading and comparing an oversized page would block the event loop.
  if (rows.length > asked.pageSize) throw unreadableAnswer('it holds more rows than were asked for', ADVICE);
  const unreadable: string[] = [];
  const items = rows.flatMap((row, index) => {
    const item = isObject(row) ? readRow(row) : null;
    if (item !== null) return [item];
    unreadable.push(`Row ${index + 1} of page ${asked.pageNo + 1} of the ${asked.what} has no usable id.`);
    return [];
  });
  for (const sentence of unreadable) onUnreadable(sentence);
  return { items, received: rows.length, total, unreadable };
}
