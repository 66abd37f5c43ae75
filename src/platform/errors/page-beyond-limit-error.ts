import { OperationalError } from '../../lib/operational-error.ts';

/** Code 123029. After the first page it may only mean that there are no further pages. */
export class PageBeyondLimitError extends OperationalError {
  constructor() {
    super('The platform refused the page: its number or size is beyond the limit (123029).', {
      code: 'page-beyond-limit',
      advice:
        'Ask for an earlier page, or for 1 to 100 entries a page. The highest page number is not documented.',
      repeat: 'refused',
    });
  }
}
