import type { JsonObject } from './json.ts';

/** A state a message had: the first is what was posted, each edit adds one. */
export interface MessageVersion {
  readonly at: number;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
}

/** What can be read: a message, a reply, something only one person sees. */
export interface Readable {
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
}

/** One message of a thread, as the channel shows it now. */
export interface Reply extends Readable {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs: string | null;
  /** Shown in the channel as well (`reply_broadcast`). */
  readonly broadcast: boolean;
  readonly metadata: JsonObject | null;
  /** Deleted, and only a placeholder for the thread that it still has. */
  readonly tombstone: boolean;
  /** How often it was edited; `versions` holds edits + 1 states. */
  readonly edits: number;
  readonly versions: readonly MessageVersion[];
}

/** A message of the channel itself with its thread, oldest reply first. */
export interface Message extends Reply {
  readonly replies: readonly Reply[];
}

/** A message only one person sees. `id` is also its timestamp. */
export interface Ephemeral extends Readable {
  readonly id: string;
  readonly at: number;
  readonly channel: string;
  readonly user: string;
  readonly threadTs: string | null;
  readonly via: 'chat.postEphemeral' | 'response_url' | 'ack';
  /** How often `replace_original` changed it. */
  readonly replaced: number;
  readonly deleted: boolean;
  readonly versions: readonly MessageVersion[];
}

/** One effective message operation of the bot, in the order Slack took them. */
export interface Post extends Readable {
  readonly kind: 'post' | 'update' | 'ephemeral' | 'response' | 'delete';
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  /** Whom it is shown to, when only to one person. */
  readonly user: string | null;
  readonly threadTs: string | null;
  readonly broadcast: boolean;
  readonly metadata: JsonObject | null;
}

/** A modal or a home tab. */
export interface OpenedView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly view: JsonObject;
  /** Every state it had, the present one last. */
  readonly versions: readonly JsonObject[];
  readonly rootId: string;
  readonly previousId: string | null;
  readonly closed: boolean;
  /** What the last submission was refused with, by block id. */
  readonly errors: JsonObject | null;
}

/** One call that reached the Web API (or a response_url, then `method` is `response_url`). */
export interface ApiCall {
  readonly method: string;
  readonly at: number;
  /** 0 when the connection was cut instead of answered. */
  readonly status: number;
  readonly ok: boolean;
  readonly error: string | null;
  readonly params: JsonObject;
  /** The fault that was injected, if one was. */
  readonly fault: string | null;
}

/** Something sent that Slack would have refused. */
export interface Violation {
  readonly at: number;
  readonly method: string;
  readonly pointer: string;
  readonly message: string;
  /** The message that was refused with it, where it was one. */
  readonly refused: RefusedMessage | null;
}

/** A message that does not exist, since Slack would not have taken it. */
export interface RefusedMessage extends Readable {
  readonly channel: string;
  /** Whom alone it was meant for. */
  readonly user: string | null;
  readonly threadTs: string | null;
}

/** A post refused for coming too soon after the last one in the same channel. */
export interface Refusal {
  readonly at: number;
  readonly channel: string;
  readonly retryAfter: number;
}

/** How the bot acknowledged what a person did. `status` is 0 when it did not, then `error` says why. */
export interface Acknowledgement {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
  readonly error: 'operation_timeout' | 'dispatch_failed' | null;
  /** The response_url that was handed out, if any. */
  readonly responseUrl: string | null;
  /** The trigger that was handed out, if any. */
  readonly triggerId: string | null;
}
