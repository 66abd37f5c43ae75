import type { ChannelHours } from './subscription.ts';

/**
 * The hours of a channel as they stand after `subscribe`: `quiet:22:00-07:00 digest:09:00 zone:Europe/Berlin`. What the
 * channel does not have is left out; empty for a channel that said nothing.
 */
export function printHours({ quiet, digestAt, zone }: ChannelHours): string {
  const parts = [
    quiet === null ? '' : `quiet:${printTime(quiet.from)}-${printTime(quiet.until)}`,
    digestAt === null ? '' : `digest:${printTime(digestAt)}`,
  ].filter(Boolean);
  return parts.length === 0 && zone === 'UTC' ? '' : [...parts, `zone:${zone}`].join(' ');
}

/** A time of day by the 24-hour clock, `07:05`, from minutes since midnight. */
export function printTime(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
