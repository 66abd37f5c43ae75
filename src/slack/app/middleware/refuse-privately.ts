import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { section } from '../../../render/blocks/message.ts';
import { answerModal } from '../../../render/question/answer-modal.ts';
import { type AnswerParts, answerAsked } from '../../answer/answer-asked.ts';
import { sayPrivately } from '../../answer/response.ts';
import { POSTED_AS_WRITTEN, post, whisper } from '../../out/post.ts';
import { NotSentError, slackWord } from '../../out/slack-failure.ts';
import { openView, publishHome } from '../../out/views.ts';

export type Request = AnyMiddlewareArgs & AllMiddlewareArgs;

const body = z.object({
  type: z.string().optional(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  user: z.object({ id: z.string() }).optional().catch(undefined),
  channel: z.object({ id: z.string() }).optional().catch(undefined),
  view: z.object({ type: z.string() }).optional().catch(undefined),
  event: z
    .object({ type: z.string(), user: z.string(), channel: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** Explains a refusal to the user alone. Always acknowledges; a failed explanation is only logged. */
export async function refusePrivately(parts: AnswerParts, request: Request, text: string): Promise<void> {
  try {
    await tell(parts, request, text);
  } catch (error) {
    parts.log.warn({ reason: slackWord(error) }, 'whoever was refused could not be told');
  }
}

async function tell(parts: AnswerParts, request: Request, text: string): Promise<void> {
  const { client } = request;
  if ('command' in request && request.command) {
    return await request.ack({ response_type: 'ephemeral', text, ...POSTED_AS_WRITTEN });
  }
  const read = body.parse(request.body);
  const view = modalSaying(text);
  if ('view' in request && request.view && read.type === 'view_submission') {
    // Bolt's type also covers closed views, whose acknowledgement takes no argument.
    return await (request.ack as (answer: object) => Promise<void>)({ response_action: 'update', view });
  }
  if ('ack' in request && request.ack) await request.ack();
  const { response_url: responseUrl, user, channel } = read;
  if (responseUrl !== undefined && user !== undefined) {
    const asked = { userId: user.id, channel: channel?.id ?? null, threadTs: null, responseUrl };
    await answerAsked(parts, client, asked)(sayPrivately(text));
  } else if (read.trigger_id !== undefined) {
    await openView(client, { trigger_id: read.trigger_id, view: read.view }, { view });
  } else if (read.event !== undefined) await answerAuthor(parts, client, read.event, text);
}

type Event = NonNullable<z.infer<typeof body>['event']>;

async function answerAuthor(
  { posting }: AnswerParts,
  client: Request['client'],
  { type, user, channel }: Event,
  text: string,
): Promise<void> {
  if (type === 'app_home_opened') {
    await publishHome(client, user, { view: { type: 'home', blocks: [section(text)] } });
  } else if (channel?.startsWith('D')) {
    // Nobody else reads it there, and an ephemeral message would only get lost.
    const outcome = await post(posting(client), { channel, threadTs: null }, { text, blocks: [] });
    if (outcome.kind !== 'posted') throw new NotSentError(outcome.failure);
  } else if (channel !== undefined) {
    await whisper(client, { channel, threadTs: null, userId: user }, { text, blocks: [] });
  }
}

function modalSaying(text: string): ModalView {
  return answerModal({ text }, { title: 'Upgrade tasks' });
}
