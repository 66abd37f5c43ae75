/** Why the channels of a workspace that uninstalled the app are closed to us. */
export const APP_UNINSTALLED = 'app_uninstalled';

/** Slack's words for a conversation that is closed to us: nothing we post there is taken until people open it. */
export const CHANNEL_REFUSALS: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'channel_type_not_supported',
  'user_not_in_channel',
  'messages_tab_disabled',
  'access_denied',
]);
