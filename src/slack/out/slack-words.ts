import type { Repeat } from '../../lib/operational-error.ts';

/** What a failed call to Slack is about. */
export type About =
  /** The channel is closed to us: nothing we post there is taken until people open it. */
  | 'channel'
  /** Slack read the message or view and does not take its form. */
  | 'form'
  /** The message that is edited or replied to is not there, or takes nothing more: somebody deleted it, say. */
  | 'gone'
  /** The message is there and stays as it is. */
  | 'closed'
  /** The view was closed, or shows something newer by now. */
  | 'overtaken'
  /** A code or an address that works once, or for a while, is used up. */
  | 'used-up'
  | 'token'
  /** Slack takes no more for now. */
  | 'limit'
  /** Slack's own trouble, or none of its words came at all. */
  | 'network';

/** What makes the next attempt succeed, where that is known. */
export type Cure =
  /** Somebody invites the bot into the channel. */
  | 'invite'
  /** Somebody adds a scope to the app. */
  | 'scope'
  /** Somebody installs the app again: the token never works again. */
  | 'reinstall'
  /** The token is renewed. */
  | 'renew'
  /** Time. */
  | 'wait';

export interface Meaning {
  readonly about: About;
  /** Whether doing the same again is safe. */
  readonly repeat: Repeat;
  readonly cure?: Cure;
  /** What whoever runs the bot does about it: whole sentences. */
  readonly advice?: string;
}

const CHANNEL: Meaning = { about: 'channel', repeat: 'refused' };
const FORM: Meaning = { about: 'form', repeat: 'refused' };
const GONE: Meaning = { about: 'gone', repeat: 'refused' };
const CLOSED: Meaning = { about: 'closed', repeat: 'refused' };
const OVERTAKEN: Meaning = { about: 'overtaken', repeat: 'refused' };
const USED_UP: Meaning = { about: 'used-up', repeat: 'refused' };
const TOKEN: Meaning = { about: 'token', repeat: 'wait' };
const DEAD: Meaning = { ...TOKEN, cure: 'reinstall' };
const SCOPE: Meaning = {
  ...TOKEN,
  cure: 'scope',
  advice: 'Add it in the app’s settings, install the app again, and copy the token again.',
};
const LIMIT: Meaning = { about: 'limit', repeat: 'wait', cure: 'wait' };
/** Slack says that parts of the call may have taken effect. */
const UNWELL: Meaning = { about: 'network', repeat: 'ambiguous', cure: 'wait' };

/** Every word of Slack's that anything here depends on (https://docs.slack.dev/reference/methods, under "Errors"). */
const WORDS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    channel_not_found: { ...CHANNEL, cure: 'invite' },
    not_in_channel: { ...CHANNEL, cure: 'invite' },
    user_not_in_channel: CHANNEL,
    is_archived: CHANNEL,
    access_denied: CHANNEL,
    channel_type_not_supported: CHANNEL,
    messages_tab_disabled: CHANNEL,
    restricted_action: CHANNEL,
    restricted_action_non_threadable_channel: CHANNEL,
    restricted_action_read_only_channel: CHANNEL,
    restricted_action_thread_only_channel: CHANNEL,

    invalid_arguments: FORM,
    invalid_attachments: FORM,
    invalid_blocks: FORM,
    invalid_blocks_format: FORM,
    invalid_metadata_format: FORM,
    metadata_too_large: FORM,
    msg_blocks_too_long: FORM,
    msg_too_long: FORM,
    no_text: FORM,
    only_one_table_allowed: FORM,

    cannot_reply_to_message: GONE,
    message_not_found: GONE,
    thread_not_found: GONE,

    block_mismatch: CLOSED,
    cant_update_message: CLOSED,
    edit_window_closed: CLOSED,

    hash_conflict: OVERTAKEN,
    not_found: OVERTAKEN,
    view_not_found: OVERTAKEN,

    expired_url: USED_UP,
    invalid_code: USED_UP,
    used_url: USED_UP,

    invalid_auth: {
      ...DEAD,
      advice: 'Copy it again from the app’s settings; reinstalling the app makes a new one.',
    },
    not_authed: { ...DEAD, advice: 'Copy it again from the app’s settings.' },
    account_inactive: {
      ...DEAD,
      advice: 'The app was uninstalled or its owner left. Install it again and copy the new token.',
    },
    token_revoked: {
      ...DEAD,
      advice: 'The token was revoked. Install the app again and copy the new token.',
    },
    team_access_not_granted: {
      ...DEAD,
      advice: 'The organisation does not let the app into this workspace. Have it approved there.',
    },
    token_expired: {
      ...TOKEN,
      cure: 'renew',
      advice:
        'The app rotates its tokens and this one is over. Switch token rotation off, or copy a new one.',
    },
    not_allowed_token_type: {
      ...TOKEN,
      advice: 'This is another kind of token: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
    },
    team_disabled: { ...TOKEN, advice: 'The workspace was closed. Use the token of another one.' },
    user_removed_from_team: {
      ...TOKEN,
      advice: 'Whoever installed the app left. Install it again and copy the new token.',
    },
    org_login_required: {
      ...TOKEN,
      advice: 'The workspace moves to an organisation. Try again when that is over.',
    },
    ekm_access_denied: {
      ...TOKEN,
      advice: 'The organisation has suspended access with its encryption keys. Ask its administrators.',
    },
    missing_scope: SCOPE,
    no_permission: SCOPE,

    message_limit_exceeded: LIMIT,
    rate_limited: LIMIT,
    ratelimited: LIMIT,

    fatal_error: UNWELL,
    internal_error: UNWELL,
    request_timeout: UNWELL,
    service_unavailable: UNWELL,
  }),
);

/** What one of Slack's words means. One that is not known may hide that the call took effect. */
export function meaningOf(word: string): Meaning {
  return WORDS.get(word) ?? { about: 'network', repeat: 'ambiguous' };
}

/** Slack refuses under HTTP 200, and elsewhere under any status: its word for why, or null where an answer holds none. */
export function refusalIn(answer: string): string | null {
  if (!/"ok":\s*false/.test(answer)) return null;
  return /"error":\s*"([a-z_]{1,60})"/.exec(answer)?.[1] ?? 'refused';
}
