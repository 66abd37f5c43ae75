import { type AccessRules, asksForMembers } from '../../../core/access/access.ts';

/** The manifest's bot scopes, in its order. */
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

/** The scopes to request from a workspace. User group members are read only if the settings name a group. */
export function scopesToAsk(access: AccessRules): readonly string[] {
  return asksForMembers(access) ? [...BOT_SCOPES, 'usergroups:read'] : BOT_SCOPES;
}
