import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Kysely } from 'kysely';
import type { DetailState } from '../../render/task/detail/detail-state.ts';
import type { Schema } from '../../store/engine/schema.ts';
import { readMessage, readThreads } from '../../store/notification/outbox.ts';
import type { SlackParts } from '../app/parts.ts';
import { mayShowAll } from './may-show-all.ts';

/** Where to post the answer to a button press. */
export type Place =
  /** In the thread of the task's root message. */
  | { readonly kind: 'thread'; readonly channel: string; readonly threadTs: string }
  /** Beside the message whose button was pressed, for the same audience. */
  | { readonly kind: 'answer'; readonly audience: 'channel' | 'asker'; readonly channel: string | null }
  /** In the user's direct messages: a modal has no message to answer to. */
  | { readonly kind: 'direct' };

/** The message whose button was pressed; null if not everyone in the channel sees it. */
export function pressedMessage(body: BlockAction): { readonly channel: string; readonly ts: string } | null {
  // `container` is untyped in Bolt; anything but an explicit `true` is a regular channel message.
  const ephemeral: unknown = body.container.is_ephemeral;
  if (ephemeral === true || !body.channel || !body.message) return null;
  return { channel: body.channel.id, ts: body.message.ts };
}

/** The thread of the message whose button was pressed. */
export function threadOfPress({ container }: BlockAction): string | null {
  // `container` is untyped in Bolt; only a string is a thread.
  const threadTs: unknown = container.thread_ts;
  return typeof threadTs === 'string' ? threadTs : null;
}

export type PlaceParts = Pick<SlackParts, 'db' | 'sharedChannels'>;

/**
 * Where to answer a press on a task's message: privately if other organisations read along without consent.
 */
export async function placeOfPress(
  parts: PlaceParts,
  client: WebClient,
  body: BlockAction,
  operationId: string,
): Promise<Place> {
  if (body.view) return { kind: 'direct' };
  const message = pressedMessage(body);
  const channel = body.channel?.id ?? null;
  if (message === null || !(await mayShowAll(parts, client, channel))) {
    return { kind: 'answer', audience: 'asker', channel };
  }
  if (!(await isRoot(parts.db, operationId, message.channel, message.ts)))
    return { kind: 'answer', audience: 'channel', channel };
  return { kind: 'thread', channel: message.channel, threadTs: message.ts };
}

/**
 * Where to answer a press in a task's modal. The modal's state is untrusted: we post only to a thread that
 * our records know as this task's, so nobody can redirect the answer.
 */
export async function placeOfState(parts: PlaceParts, client: WebClient, state: DetailState): Promise<Place> {
  const { operationId, channel, threadTs } = state;
  if (channel === null || threadTs === null) return { kind: 'direct' };
  if (!(await isRoot(parts.db, operationId, channel, threadTs))) return { kind: 'direct' };
  if (!(await mayShowAll(parts, client, channel))) return { kind: 'direct' };
  return { kind: 'thread', channel, threadTs };
}

async function isRoot(
  db: Kysely<Schema>,
  operationId: string,
  channel: string,
  ts: string,
): Promise<boolean> {
  const id = (await readThreads(db, [operationId])).get(operationId)?.get(channel);
  return id !== undefined && (await readMessage(db, id))?.ts === ts;
}
