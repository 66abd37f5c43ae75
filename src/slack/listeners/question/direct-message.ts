import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { homeAt } from '../../app/middleware/home-team.ts';
import { writtenByPeople } from '../../app/middleware/read-acting.ts';
import { heardOnce } from '../once.ts';
import { answerWritten, type WrittenParts, writtenFiles } from './answer-written.ts';

const written = z.object({
  channel_type: z.literal('im'),
  user: z.string(),
  text: z.string(),
  channel: z.string(),
  thread_ts: z.string().optional(),
  // Edits, deletions and bot messages (our own included) arrive as events of the same name.
  subtype: writtenByPeople.optional(),
  files: writtenFiles,
  bot_id: z.undefined().optional(),
});

type Args = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs;

/** Handles a direct message to the bot, read like the words after the command. */
export function directMessage(parts: WrittenParts) {
  return heardOnce(parts, async ({ event, body, client, context }: Args) => {
    const read = written.safeParse(event);
    if (!read.success) return;
    const { user, text, channel, thread_ts, files } = read.data;
    await answerWritten(
      parts,
      {
        event: 'message.im',
        eventId: body.event_id,
        text,
        files,
        botUserId: context.botUserId,
        home: homeAt(context),
        channel,
        threadTs: thread_ts ?? null,
        userId: user,
        direct: true,
      },
      client,
    );
  });
}
