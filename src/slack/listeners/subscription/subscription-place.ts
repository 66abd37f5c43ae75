import { z } from 'zod';
import type { Address } from '../../out/post.ts';

const place = z.object({
  /** The subscription's channel. */
  c: z.string().regex(/^[CDG][A-Z0-9]{1,30}$/),
  /** The thread the modal was opened from. */
  t: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/)
    .optional(),
  /** The subscription's id; absent if it does not exist yet. */
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

/** For a view's metadata. */
export function printSubscriptionPlace({ here, id }: SubscriptionPlace): string {
  return JSON.stringify({
    c: here.channel,
    ...(here.threadTs !== null && { t: here.threadTs }),
    ...(id !== null && { s: id }),
  });
}

/** Reads a view's metadata, which is untrusted; null if it is invalid. */
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
