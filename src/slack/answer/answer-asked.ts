import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import type { SlackParts } from '../app/parts.ts';
import { post, whisper } from '../out/post.ts';
import { NotSentError, readSlackFailure, refusedForm } from '../out/slack-failure.ts';
import { NOT_TAKEN, onlyForYou } from './may-show-all.ts';
import type { Show } from './response.ts';

/** Somebody who waits for an answer, and where they asked. */
export interface Asked {
  readonly userId: string;
  /** Null: no channel, such as a modal. */
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Null where Slack gave none. */
  readonly responseUrl: string | null;
}

/** What bringing an answer to somebody takes. */
export type AnswerParts = Pick<SlackParts, 'log' | 'posting' | 'respond'>;

/**
 * Answers through the response URL. What cannot be delivered that way goes as an ephemeral message, and where nobody sees
 * one (in direct messages, in a channel that the bot is not in) to the asker's direct messages with the bot.
 */
export function answerAsked(parts: AnswerParts, client: WebClient, asked: Asked): Show {
  const { responseUrl } = asked;
  return async (answer) => {
    if (responseUrl === null) return await answerAlone(parts, client, asked, answer);
    const responded = await parts.respond(responseUrl, answer);
    if (responded.kind === 'shown') return;
    if (responded.kind === 'form-refused') throw new NotSentError(refusedForm(responded.reason));
    const { reason } = responded;
    parts.log.warn({ reason, user: asked.userId }, 'a response URL failed; answered in another way');
    const isForAll = answer.response_type === 'in_channel';
    await answerAlone(parts, client, asked, isForAll ? onlyForYou(answer, NOT_TAKEN) : answer);
  };
}

async function answerAlone(
  { posting }: AnswerParts,
  client: WebClient,
  { userId, channel, threadTs }: Asked,
  message: Message,
): Promise<void> {
  if (channel !== null && !channel.startsWith('D')) {
    try {
      return await whisper(client, { channel, threadTs, userId }, message);
    } catch (error) {
      const { word, about } = readSlackFailure(error);
      // Without an answer it may be there; and a form that is refused here is refused there as well.
      if (word === null || about === 'form') throw error;
    }
  }
  // A person's id opens the direct messages with the bot; no scope beside `chat:write` is needed.
  const outcome = await post(posting(client), { channel: userId, threadTs: null }, message);
  if (outcome.kind !== 'posted') throw new NotSentError(outcome.failure);
}
