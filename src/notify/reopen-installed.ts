import type { Kysely } from 'kysely';
import { APP_UNINSTALLED } from '../core/access/workspace-error.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readClosedChannels, resumeChannel } from '../store/subscription/suspension.ts';

/**
 * Takes up the channels of a workspace that installed the app again; the process that installs it may be another one. Returns
 * whether there was any.
 */
export async function reopenInstalled(
  db: Kysely<Schema>,
  isServed: (channel: string) => Promise<boolean>,
): Promise<boolean> {
  let reopened = false;
  for (const channel of await readClosedChannels(db, APP_UNINSTALLED)) {
    if (!(await isServed(channel))) continue;
    await resumeChannel(db, channel);
    reopened = true;
  }
  return reopened;
}
