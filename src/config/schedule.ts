import { z } from 'zod';
import { cronRuns } from '../lib/cron.ts';

/** A setting that is a cron expression whose time comes. */
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
