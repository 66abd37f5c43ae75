import { PageBeyondLimitError } from './errors/page-beyond-limit-error.ts';
import type { Page } from './port.ts';

/**
 * For the `catch` of a call that pages on: 123029 after the first page is the platform's way of saying that the list
 * ends before this one, so it becomes an empty page. Every other error is thrown on.
 */
export function emptyBeyondEnd(pageNo: number): (error: unknown) => Page<never> {
  return (error) => {
    if (error instanceof PageBeyondLimitError && pageNo > 0) {
      return { items: [], received: 0, total: null, unreadable: [] };
    }
    throw error;
  };
}
