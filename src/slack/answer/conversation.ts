import type { WebClient } from '@slack/web-api';
import type { Message } from '../../render/blocks/message.ts';
import type { SlackParts } from '../app/parts.ts';
import { type Address, type PostOutcome, post, whisper } from '../out/post.ts';
import { NotSentError } from '../out/slack-failure.ts';
import { NOT_TAKEN, onlyForYou } from './may-show-all.ts';
import { PERHAPS_POSTED } from './post-there.ts';
import type { Show } from './response.ts';

/** Where somebody wrote to us. */
export interface Conversation extends Address {
  readonly userId: string;
  /** Nobody else reads it, so nothing needs hiding, and an ephemeral message would only get lost. */
  readonly direct: boolean;
}

/** In milliseconds: Slack takes about one post per second and channel. */
const POST_PAUSE = 1_100;
const POST_TRIES = 10;

/** Answers where somebody wrote: public answers as a message, the rest as ephemeral ones. */
export function answerIn(
  parts: Pick<SlackParts, 'delay' | 'posting'>,
  client: WebClient,
  { channel, threadTs, userId, direct }: Conversation,
): Show {
  const posting = parts.posting(client);
  const alone = (message: Message) => whisper(client, { channel, threadTs, userId }, message);
  return async (answer) => {
    if (answer.response_type === 'ephemeral' && !direct) return await alone(answer);
    const outcome = await patiently(parts, () => post(posting, { channel, threadTs }, answer));
    if (outcome.kind === 'posted') return;
    if (outcome.kind === 'unknown') return await alone({ text: PERHAPS_POSTED, blocks: [] });
    if (direct) throw new NotSentError(outcome.failure);
    await alone(onlyForYou(answer, NOT_TAKEN));
  };
}

/** A rate-limited post was not made, so it can safely be retried a little later. */
async function patiently(
  { delay }: Pick<SlackParts, 'delay'>,
  send: () => Promise<PostOutcome>,
): Promise<PostOutcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await send();
    const tooSoon = outcome.kind === 'refused' && outcome.failure.about === 'limit';
    if (!tooSoon || tries === POST_TRIES) return outcome;
    await delay(POST_PAUSE, new AbortController().signal);
  }
}
