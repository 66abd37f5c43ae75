import { UTCDate } from '@date-fns/utc';
import { format } from 'date-fns/format';
import { parse } from 'date-fns/parse';
import type { Instant } from './task.ts';

const SHAPE = /^\d{8}T\d{6}(\.\d{3})?Z$/;
const SECONDS = "yyyyMMdd'T'HHmmss'Z'";
const MILLISECONDS = "yyyyMMdd'T'HHmmss.SSS'Z'";

/**
 * Reads the platform's compact UTC time, such as `20240311T060502Z`, with or without milliseconds
 * (`20240311T060502.123Z`). Null for everything else: a wrong time is worse than an unknown one.
 *
 * Platform facts: iot_06_0060 and iot_06_0080 to iot_06_0082 name the form and the zone.
 */
export function parseCompactTime(text: string): Instant | null {
  // The shape is checked first because date-fns accepts fewer digits than the pattern has letters.
  const shape = SHAPE.exec(text);
  if (shape === null) return null;
  const instant = parse(text, shape[1] === undefined ? SECONDS : MILLISECONDS, new UTCDate(0)).getTime();
  return Number.isNaN(instant) ? null : instant;
}

/**
 * Writes a moment as the platform does, in whole seconds; what is below a second is cut off.
 * Throws a RangeError for a moment that is no time or lies outside the years 1 to 9999, which the form cannot hold.
 */
export function formatCompactTime(instant: Instant): string {
  const date = new UTCDate(instant);
  const year = date.getFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`no compact time for ${instant}`);
  return format(date, SECONDS);
}
