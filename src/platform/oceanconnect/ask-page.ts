import type { CallOptions, Page } from '../port.ts';
import type { PlatformRequest } from '../transport/transport.ts';
import type { CallParts } from './calls.ts';
import { type AskedPage, readPage } from './read/read-page.ts';
import type { JsonObject } from './read-body.ts';
import { PageBeyondLimitError } from './refusals.ts';

/**
 * Requests and reads one page of a list. A page past the end is empty; the platform may report it as 123029.
 *
 * Platform facts: iot_06_2487 defines 123029 as a page number or size beyond a limit. The highest page number
 * is not documented.
 */
export async function askPage<Item>(
  parts: CallParts,
  request: PlatformRequest,
  asked: AskedPage,
  readRow: (row: JsonObject) => Item | null,
  options: CallOptions,
): Promise<Page<Item>> {
  let answer: JsonObject;
  try {
    answer = await parts.send(request, options);
  } catch (error) {
    if (!(error instanceof PageBeyondLimitError) || asked.pageNo === 0) throw error;
    return { items: [], received: 0, total: null, unreadable: [] };
  }
  return readPage(answer, asked, readRow, parts.onUnreadable);
}
