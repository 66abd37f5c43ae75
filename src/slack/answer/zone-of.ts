import type { Logger } from 'pino';
import { z } from 'zod';
import type { Asker } from './answer.ts';

const answer = z.object({ user: z.object({ tz: z.string().min(1) }) });

/** The asker's time zone, for dates without one. UTC when Slack does not say (the scope `users:read` is missing, say). */
export async function zoneOf({ client, userId }: Asker, log: Logger): Promise<string> {
  try {
    const read = answer.safeParse(await client.users.info({ user: userId }));
    if (read.success && isZone(read.data.user.tz)) return read.data.user.tz;
  } catch (error) {
    log.warn({ err: error }, 'the zone of the asker is unknown; dates are read as UTC');
  }
  return 'UTC';
}

/** Tried out: the list of supported names holds one for each zone, `Asia/Calcutta` but not `Asia/Kolkata`. */
function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
