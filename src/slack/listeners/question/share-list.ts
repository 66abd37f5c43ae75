import type { Message } from '../../../render/blocks/message.ts';
import { trouble } from '../../../render/question/problems.ts';
import { answerList, type QuestionParts } from '../../answer/answer.ts';
import { mayShowAll, ONLY_YOU } from '../../answer/may-show-all.ts';
import type { ModalPlace } from '../../answer/modal-place.ts';
import type { PlaceParts } from '../../answer/place.ts';
import { PERHAPS_POSTED } from '../../answer/post-there.ts';
import { privately, type Response, sayPrivately } from '../../answer/response.ts';
import { type PostOutcome, post } from '../../out/post.ts';
import type { PressParts } from '../on-press.ts';
import { ofButton, onListPress } from './on-list-press.ts';

/** Share: shows a private list to the channel, with current data. */
export function shareList(parts: PressParts & PlaceParts & QuestionParts) {
  return onListPress(parts, ofButton, async ({ asked, kind, place, client, userId }) => {
    if (!(await mayShowAll(parts, client, place.channel))) return sayPrivately(`Not shown. ${ONLY_YOU}`);
    const request = { ...asked.request, private: false };
    const { message, audience } = await answerList(parts, request, { userId, client });
    if (audience === 'asker') return privately(message);
    if (kind === 'message') return shared(message, place);
    const posting = parts.posting(client);
    return privately(await postTo(place, (address) => post(posting, address, message)));
  });
}

/** Uses the response URL, which also works in channels the bot is not in. */
function shared(message: Message, { threadTs }: ModalPlace): Response {
  return {
    ...privately(message),
    response_type: 'in_channel',
    ...(threadTs !== null && { thread_ts: threadTs }),
  };
}

type Post = (address: { readonly channel: string; readonly threadTs: string | null }) => Promise<PostOutcome>;

/** Posts where the modal was opened from, and reports the outcome in the modal. */
async function postTo({ channel, threadTs }: ModalPlace, send: Post): Promise<Message> {
  if (channel === null) {
    return trouble({
      message: 'This list was not opened from a channel.',
      advice: 'Ask in the channel itself, with the same words.',
    });
  }
  const outcome = await send({ channel, threadTs });
  switch (outcome.kind) {
    case 'posted':
      return { text: ':white_check_mark: The list is in the channel now.', blocks: [] };
    case 'unknown':
      return { text: `:warning: ${PERHAPS_POSTED}`, blocks: [] };
    case 'refused':
      return trouble({
        message: `Slack did not take the list there (${outcome.failure.reason}).`,
        advice:
          outcome.failure.about === 'limit'
            ? 'It takes about one message a second in a channel. Press again in a few seconds.'
            : 'Invite me to the channel, or ask there with /upgrades and the same words.',
      });
  }
}
