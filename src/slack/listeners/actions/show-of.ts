import type { BlockAction, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerIn } from '../../conversation.ts';
import type { SlackParts } from '../../parts.ts';
import type { Show } from '../guarded.ts';

/**
 * How whoever pressed is answered: through the response URL, or in the direct messages where there is none. Bolt types
 * `respond` as always there, but presses in modals and in the home tab come without a response URL and without it.
 */
export function showOf(
  parts: SlackParts,
  client: WebClient,
  body: BlockAction,
  respond: RespondFn | undefined,
): Show {
  if (respond !== undefined) return respond;
  const userId = body.user.id;
  return answerIn(parts, client, { channel: userId, threadTs: null, userId, direct: true });
}
