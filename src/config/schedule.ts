import { z } from 'zod';
import { cronRuns } from '../lib/cron.ts';

/** A cron expression, which must match some date. */
export const schedule = (fallback: string) =>
  z
    .string()
    .optional()
    .transform((text) => text || fallback)
    .refine(comes, 'is no cron expression of a time that comes, such as `* * * * *` or `*/30 * * * * *`');

function comes(expression: string): boolean {
  try {
    cronRuns(expression);
    return true;
  } catch {
    return false;
  }
}
