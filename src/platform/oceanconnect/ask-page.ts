import type { CallOptions, Page } from '../port.ts';
import type { PlatformRequest } from '../transport/transport.ts';
import type { CallParts } from './calls.ts';
import { type AskedPage, readPage } from './read/read-page.ts';
import type { JsonObject } from './read-body.ts';
import { PageBeyondLimitError } from './refusals.ts';

/**
 * Asks for one page of a list and reads it. A page beyond the end is empty: the platform says so of some by 123029.
 *
 * Platform facts: iot_06_2487 has 123029 for a page number or size beyond a limit; no page says what the highest number is.
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
