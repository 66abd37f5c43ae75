import { z } from 'zod';

const place = z.object({
  /** The channel the modal was opened from; absent if there was none. */
  c: z
    .string()
    .regex(/^[CDG][A-Z0-9]{1,30}$/)
    .optional(),
  /** Its thread. */
  t: z
    .string()
    .regex(/^\d{1,12}\.\d{1,9}$/)
    .optional(),
});

/** Where a modal was opened from, so that its answer can be posted there. */
export interface ModalPlace {
  readonly channel: string | null;
  readonly threadTs: string | null;
}

export const NOWHERE: ModalPlace = { channel: null, threadTs: null };

/** For a view's metadata. Never put a response URL or a trigger here: both act like passwords. */
export function printModalPlace({ channel, threadTs }: ModalPlace): string {
  return JSON.stringify({
    ...(channel !== null && { c: channel }),
    ...(threadTs !== null && { t: threadTs }),
  });
}

/** Reads a view's metadata, which is untrusted; anything invalid is `NOWHERE`. */
export function readModalPlace(metadata: string | undefined): ModalPlace {
  try {
    const read = place.safeParse(JSON.parse(metadata ?? ''));
    return read.success ? { channel: read.data.c ?? null, threadTs: read.data.t ?? null } : NOWHERE;
  } catch {
    return NOWHERE;
  }
}
