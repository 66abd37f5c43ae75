import { type AccessRules, asksForMembers } from '../../../core/access/access.ts';

/** The bot scopes of the manifest, in its order. */
export const BOT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'users:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'files:write',
];

/** The scopes a workspace is asked for. Who is in a user group is only read where the settings name one. */
export function scopesToAsk(access: AccessRules): readonly string[] {
  return asksForMembers(access) ? [...BOT_SCOPES, 'usergroups:read'] : BOT_SCOPES;
}
