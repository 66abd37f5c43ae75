import type { Logger } from 'pino';
import { z } from 'zod';
import type { Asker } from './answer.ts';

const answer = z.object({ user: z.object({ tz: z.string().min(1) }) });

/** The asker's time zone, for dates without one. UTC if Slack does not say (no scope `users:read`). */
export async function zoneOf({ client, userId }: Asker, log: Logger): Promise<string> {
  try {
    const read = answer.safeParse(await client.users.info({ user: userId }));
    if (read.success && isZone(read.data.user.tz)) return read.data.user.tz;
  } catch (error) {
    log.warn({ err: error }, 'the zone of the asker is unknown; dates are read as UTC');
  }
  return 'UTC';
}

/** Tries the name: the list of supported zones has one name each, `Asia/Calcutta` but not `Asia/Kolkata`. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
