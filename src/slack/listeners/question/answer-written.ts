import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Home } from '../../../core/access/access.ts';
import { parseQuestion, type Question } from '../../../core/question/question.ts';
import type { Message } from '../../../render/blocks/message.ts';
import { DONE_LATER } from '../../../render/subscription/subscription-notes.ts';
import { rememberEvent } from '../../../store/access/seen-events.ts';
import { announce } from '../../answer/announce.ts';
import { answerHere, type HereParts } from '../../answer/answer-here.ts';
import { answerIn, type Conversation } from '../../answer/conversation.ts';
import { PERHAPS_POSTED } from '../../answer/post-there.ts';
import { privately, type Response, responseOf, sayPrivately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import type { Address } from '../../out/post.ts';
import { type GuardParts, guarded } from '../guarded.ts';
import type { OnceParts } from '../once.ts';
import { commandText } from './command-text.ts';

/** What answering a written message needs. */
export type WrittenParts = GuardParts & OnceParts & HereParts & Pick<SlackParts, 'delay'>;

/** A message's files; we use only their names. */
export const writtenFiles = z.array(z.object({ name: z.string().nullish() })).catch([]);

/** A message somebody wrote to us. */
export interface Written extends Conversation {
  readonly event: string;
  /** Stays the same when Slack redelivers the event. */
  readonly eventId: string;
  readonly text: string;
  /** Files attached to it. */
  readonly files: z.infer<typeof writtenFiles>;
  readonly botUserId: string | undefined;
  readonly home: Home;
}

/**
 * Answers a message that uses the same words as the command. Slack redelivers events; each is answered once.
 */
export async function answerWritten(parts: WrittenParts, written: Written, client: WebClient): Promise<void> {
  const question = questionIn(written);
  const { channel, userId, event } = written;
  const fields = { listener: 'event', event, question: question.kind, user: userId, channel };
  const show = answerIn(parts, client, written);
  await guarded(parts, { fields, show }, async () => {
    if (!(await rememberEvent(parts.db, written.eventId, parts.now()))) {
      parts.log.info({ ...fields, reason: 'repeated-event' }, 'event ignored');
      return null;
    }
    const here = { channel, threadTs: written.threadTs };
    const answer = await answerHere(parts, question, { userId, client, here, home: written.home });
    return answer.announces && answer.audience === 'channel'
      ? await announced(parts, client, here, answer.message)
      : responseOf(answer);
  });
}

/** Announces a change to the conversation; the author gets an answer as well unless it was posted. */
async function announced(
  parts: WrittenParts,
  client: WebClient,
  here: Address,
  message: Message,
): Promise<Response | null> {
  const { kind } = await announce(parts, client, here, message);
  switch (kind) {
    case 'posted':
      return null;
    case 'later':
      return privately(DONE_LATER);
    case 'closed':
      return privately(message);
    case 'unknown':
      return sayPrivately(PERHAPS_POSTED);
  }
}

function questionIn({ text, files, botUserId }: Written): Question {
  const line = commandText(withoutMention(text, botUserId));
  const [file] = files;
  return line.trim() === '' && file !== undefined ? onlyFile(file.name ?? 'This') : parseQuestion(line);
}

function onlyFile(word: string): Question {
  const message = 'is a file, and I read only what is written beside it, such as `failed`, an id or `help`';
  return { kind: 'misunderstood', problems: [{ word, message, suggestion: null }] };
}

/** The line without mentions of us, or the punctuation after them: `@upgrades: failed`. */
export function withoutMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text;
  return text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>(?:\\s*[:,：，])?`, 'g'), ' ').trim();
}
