import type { Repeat } from '../../lib/operational-error.ts';

/** What a failed Slack call is about. */
export type About =
  /** The channel is closed to us: we cannot post there until somebody opens it. */
  | 'channel'
  /** Slack read the message or view and refused its form. */
  | 'form'
  /** The message to edit or reply to is gone or takes no replies; it may have been deleted. */
  | 'gone'
  /** The message exists but can no longer be edited. */
  | 'closed'
  /** The view was closed, or has changed since. */
  | 'overtaken'
  /** A single-use or expiring code or URL is used up. */
  | 'used-up'
  | 'token'
  /** A rate limit. */
  | 'limit'
  /** Slack is having trouble, or did not respond with an error word. */
  | 'network';

/** What will make the next attempt succeed, if known. */
export type Cure =
  /** Somebody invites the bot to the channel. */
  | 'invite'
  /** Somebody adds a scope to the app. */
  | 'scope'
  /** Somebody reinstalls the app: this token will never work again. */
  | 'reinstall'
  /** The token is renewed. */
  | 'renew'
  /** Nothing but time. */
  | 'wait';

export interface Meaning {
  readonly about: About;
  /** Whether repeating the call is safe. */
  readonly repeat: Repeat;
  readonly cure?: Cure;
  /** What the operator should do, in full sentences. */
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

/** Every Slack error word we act on (https://docs.slack.dev/reference/methods, under "Errors"). */
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

/** What a Slack error word means. An unknown one is ambiguous: the call may have taken effect. */
export function meaningOf(word: string): Meaning {
  return WORDS.get(word) ?? { about: 'network', repeat: 'ambiguous' };
}

/** The error word in a response, or null. Web API errors come with HTTP 200, others with any status. */
export function refusalIn(answer: string): string | null {
  if (!/"ok":\s*false/.test(answer)) return null;
  return /"error":\s*"([a-z_]{1,60})"/.exec(answer)?.[1] ?? 'refused';
}
