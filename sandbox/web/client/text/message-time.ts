import { clock, nearDay, type Reading } from './slack-date.ts';

/** The moment a message's timestamp names, milliseconds since 1970. */
export function momentOf(ts: string): number {
  return Number(ts) * 1000;
}

/** When a message was written, as its head shows it: `14:05`. */
export function timeOf(ts: string, { zone }: Reading): string {
  return clock(momentOf(ts), zone);
}

/** The same in full, for the tip over it: `Sunday, November 22, 2026 at 14:05:11`. */
export function fullTimeOf(ts: string, { zone }: Reading): string {
  const day = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  }).format(momentOf(ts));
  return `${day} at ${clock(momentOf(ts), zone, true)}`;
}

/** The day a divider names: `Today`, `Yesterday`, or `Sunday, November 22`. */
export function dayOf(ts: string, reading: Reading): string {
  const near = nearDay(momentOf(ts), reading);
  if (near === 'today') return 'Today';
  if (near === 'yesterday') return 'Yesterday';
  return new Intl.DateTimeFormat('en-US', {
    timeZone: reading.zone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
  }).format(momentOf(ts));
}
