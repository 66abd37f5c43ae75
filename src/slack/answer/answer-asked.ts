import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import type { SlackParts } from '../app/parts.ts';
import { post, whisper } from '../out/post.ts';
import { NotSentError, readSlackFailure, refusedForm } from '../out/slack-failure.ts';
import { NOT_TAKEN, onlyForYou } from './may-show-all.ts';
import type { Show } from './response.ts';

/** Somebody waiting for an answer, and where they asked. */
export interface Asked {
  readonly userId: string;
  /** Null if there is no channel, such as in a modal. */
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Null if Slack gave none. */
  readonly responseUrl: string | null;
}

/** What delivering an answer needs. */
export type AnswerParts = Pick<SlackParts, 'log' | 'posting' | 'respond'>;

/**
 * Answers through the response URL. If that fails, falls back to an ephemeral message, and to direct messages
 * where ephemeral ones do not show (in a direct message, or a channel the bot is not in).
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
      // Without a response it may have arrived, and a form refused here would be refused there too.
      if (word === null || about === 'form') throw error;
    }
  }
  // Posting to a user id opens the bot's direct messages; no scope but `chat:write` is needed.
  const outcome = await post(posting(client), { channel: userId, threadTs: null }, message);
  if (outcome.kind !== 'posted') throw new NotSentError(outcome.failure);
}
