/** What a workspace grants when it installs the app: the bot scopes of the manifest, in its order. */
export const BOT_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'im:history',
  'users:read',
  'channels:history',
  'groups:history',
  'files:write',
];
