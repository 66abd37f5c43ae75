import { z } from 'zod';
import type { Address } from '../../out/post.ts';

const place = z.object({
  /** The channel whose subscription it is. */
  c: z.string().regex(/^[CDG][A-Z0-9]{1,30}$/),
  /** The thread it was opened from. */
  t: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/)
    .optional(),
  /** The subscription; absent where there is none yet. */
  s: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .optional(),
});

/** The subscription a modal is about, and the conversation it was opened from. */
export interface SubscriptionPlace {
  readonly here: Address;
  readonly id: string | null;
}

/** As a view keeps it. */
export function printSubscriptionPlace({ here, id }: SubscriptionPlace): string {
  return JSON.stringify({
    c: here.channel,
    ...(here.threadTs !== null && { t: here.threadTs }),
    ...(id !== null && { s: id }),
  });
}

/** Views come back from outside; null for what is no place of ours. */
export function readSubscriptionPlace(metadata: string | undefined): SubscriptionPlace | null {
  try {
    const read = place.safeParse(JSON.parse(metadata ?? ''));
    if (!read.success) return null;
    const { c, t, s } = read.data;
    return { here: { channel: c, threadTs: t ?? null }, id: s ?? null };
  } catch {
    return null;
  }
}
