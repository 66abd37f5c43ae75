import { askReasons } from '../../../ask/ask-reasons.ts';
import type { FailedDevicesReport } from '../../../core/question/detail-answer.ts';
import { troubleView } from '../../../render/task/detail/detail-frame.ts';
import { reasonsMessage } from '../../../render/task/reasons.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import { detailContent } from '../../answer/detail-content.ts';
import { type Place, type PlaceParts, placeOfState } from '../../answer/place.ts';
import { PERHAPS_POSTED, type Poster, postThere } from '../../answer/post-there.ts';
import { fileNoteFor, shareReasonsFile } from '../../answer/reasons-file.ts';
import { askedBy } from '../../app/parts.ts';
import type { PressParts } from '../on-press.ts';
import { onDetailPress } from './on-detail-press.ts';

/** Reasons, pressed in a task's modal: posted in its thread or in direct messages; the modal says where. */
export function detailReasons(parts: PressParts & PlaceParts & QuestionParts) {
  return onDetailPress(
    parts,
    (state) => ({ ...state, tab: 'devices' }),
    async ({ state, client, userId }) => {
      const answer = await askReasons(askedBy(parts, userId), state.operationId);
      if (answer.kind === 'trouble') return troubleView(state, answer.trouble);
      const poster = { client: parts.posting(client), userId };
      const place = await placeOfState(parts, client, state);
      return await detailContent(parts, state, userId, await tell(poster, place, answer.report));
    },
  );
}

async function tell(poster: Poster, place: Place, report: FailedDevicesReport): Promise<string> {
  const there = place.kind === 'thread' ? place : ({ kind: 'direct' } as const);
  const file = await fileNoteFor(poster, report);
  const outcome = await postThere(poster, there, reasonsMessage(report, file));
  if (outcome.kind === 'unknown') return `:warning: ${PERHAPS_POSTED}`;
  if (outcome.kind === 'refused') {
    const reason = outcome.failure.reason.replaceAll(/[^a-z_]/g, '');
    return `:warning: Slack did not take the message with the reasons (\`${reason}\`). Ask with \`/upgrades task:${report.operationId}\` and press *Reasons* there.`;
  }
  const where = there.kind === 'thread' ? 'in the thread this was opened from' : 'in our direct messages';
  const told = `:white_check_mark: The reasons are ${where}.`;
  if (file !== 'follows') return told;
  const threadTs = there.kind === 'thread' ? there.threadTs : null;
  const refused = await shareReasonsFile(poster, { channel: outcome.channel, threadTs }, report);
  return refused === null ? told : `${told}\n:warning: ${refused}`;
}
