import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackParts } from '../app/parts.ts';
import { answerAsked } from './answer-asked.ts';
import { threadOfPress } from './place.ts';
import type { Show } from './response.ts';

/** How whoever pressed is answered: where they pressed, or in the direct messages where that was in a modal or a home tab. */
export function showOf(parts: SlackParts, client: WebClient, body: BlockAction): Show {
  return answerAsked(parts, client, {
    userId: body.user.id,
    channel: body.channel?.id ?? null,
    threadTs: threadOfPress(body),
    // Bolt types it as always there; presses in modals and in the home tab come without.
    responseUrl: body.response_url ?? null,
  });
}
