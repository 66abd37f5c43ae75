import type { Instant } from '../../../lib/instant.ts';

const SHAPE =
  /^(?!0000)\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\.\d{3})?Z$/;

/** The Gregorian calendar repeats after this many years. */
const CYCLE = { years: 400, milliseconds: 146_097 * 24 * 3_600_000 } as const;

/**
 * Parses the platform's compact UTC time, such as `20240311T060502Z`, with optional milliseconds
 * (`20240311T060502.123Z`). Null for anything else: a wrong time is worse than an unknown one.
 *
 * Platform facts: iot_06_0060 and iot_06_0080 to iot_06_0082 document the format and the zone.
 */
export function parseCompactTime(text: string): Instant | null {
  // Parse digit by digit: every poll reads three times per task, and a date parser makes garbage for each.
  if (!SHAPE.test(text)) return null;
  const day = number(text, 6, 8);
  const instant =
    Date.UTC(
      // Shift by a cycle: `Date.UTC` maps the years 0 to 99 to the twentieth century.
      number(text, 0, 4) + CYCLE.years,
      number(text, 4, 6) - 1,
      day,
      number(text, 9, 11),
      number(text, 11, 13),
      number(text, 13, 15),
      text.length > 16 ? number(text, 16, 19) : 0,
    ) - CYCLE.milliseconds;
  // It also turns February 30 into March 1, so compare the day.
  return day > 28 && new Date(instant).getUTCDate() !== day ? null : instant;
}

function number(digits: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + digits.charCodeAt(at) - 48;
  return value;
}
