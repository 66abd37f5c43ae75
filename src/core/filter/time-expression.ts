import { tz } from '@date-fns/tz';
import { parseISO } from 'date-fns/parseISO';
import type { Instant } from '../../lib/instant.ts';
import { momentAt } from '../../lib/wall-clock.ts';
import type { FilterContext, TimeExpression } from './filter.ts';

const AGO = /^(\d{1,5})(s|m|h|d|w)$/i;
/** Narrower than ISO 8601, which allows 24:00 and a year 0. */
const ABSOLUTE = /^((?!0000)\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d))?(Z)?$/i;
const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * Reads `2d`, `2024-03-11`, `2024-03-11T06:05` (the asker's zone) or the same with a final `Z` (UTC). Null for
 * anything else, including dates that do not exist.
 */
export function parseTimeExpression(text: string): TimeExpression | null {
  const ago = AGO.exec(text);
  if (ago) {
    const unit = (ago[2] ?? '').toLowerCase();
    if (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w') {
      return { kind: 'ago', amount: Number(ago[1]), unit };
    }
  }
  const absolute = ABSOLUTE.exec(text);
  if (!absolute) return null;
  const canonical = absolute[2] ? `${absolute[1]}T${absolute[2]}` : `${absolute[1]}`;
  if (Number.isNaN(parseISO(canonical, { in: tz('UTC') }).getTime())) return null;
  return { kind: absolute[3] ? 'utc' : 'local', text: canonical };
}

/** In the form `parseTimeExpression` reads back unchanged. */
export function printTimeExpression(time: TimeExpression): string {
  if (time.kind === 'ago') return `${time.amount}${time.unit}`;
  return time.kind === 'utc' ? `${time.text}Z` : time.text;
}

/**
 * The moment meant. Local times that a clock change skips or repeats are resolved by `momentAt`, as for quiet
 * hours and digests.
 */
export function resolveTime(time: TimeExpression, context: FilterContext): Instant {
  if (time.kind === 'ago') return context.now - time.amount * MILLISECONDS[time.unit];
  const [day = '', clock = '00:00'] = time.text.split('T');
  const [hours, minutes] = clock.split(':').map(Number);
  return momentAt(day, (hours ?? 0) * 60 + (minutes ?? 0), time.kind === 'utc' ? 'UTC' : context.zone);
}
