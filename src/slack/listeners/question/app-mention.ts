import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { homeAt } from '../../app/middleware/home-team.ts';
import { heardOnce } from '../once.ts';
import { answerWritten, type WrittenParts, writtenFiles } from './answer-written.ts';

const mention = z.object({
  user: z.string(),
  text: z.string(),
  channel: z.string(),
  thread_ts: z.string().optional(),
  files: writtenFiles,
  // Ignore bots, and edits: the message was answered when it was first posted.
  bot_id: z.undefined().optional(),
  edited: z.undefined().optional(),
});

type Args = SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs;

/** `@upgrades failed`: answered in the mention's thread, or in the channel if there is none. */
export function appMention(parts: WrittenParts) {
  return heardOnce(parts, async ({ event, body, client, context }: Args) => {
    const read = mention.safeParse(event);
    if (!read.success) return;
    const { user, text, channel, thread_ts, files } = read.data;
    await answerWritten(
      parts,
      {
        event: 'app_mention',
        eventId: body.event_id,
        text,
        files,
        botUserId: context.botUserId,
        home: homeAt(context),
        channel,
        threadTs: thread_ts ?? null,
        userId: user,
        direct: false,
      },
      client,
    );
  });
}
