import { askReasons } from '../../../ask/ask-reasons.ts';
import type { FailedDevicesReport } from '../../../core/question/detail-answer.ts';
import { trouble } from '../../../render/question/problems.ts';
import { reasonsMessage } from '../../../render/task/reasons.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import { type PlaceParts, placeOfPress } from '../../answer/place.ts';
import { postMessageThere } from '../../answer/post-there.ts';
import { fileNoteFor, shareReasonsFile } from '../../answer/reasons-file.ts';
import { privately, sayPrivately } from '../../answer/response.ts';
import { askedBy } from '../../app/parts.ts';
import type { Address } from '../../out/post.ts';
import { guarded } from '../guarded.ts';
import type { PressParts } from '../on-press.ts';
import { onTaskPress } from './on-task-press.ts';

/** A file to share once the message is posted. A null address means the user's direct messages. */
interface FileDue {
  readonly report: FailedDevicesReport;
  readonly address: Address | null;
}

/** Reasons, pressed on a message: posted in a notification's thread, or beside the answer for its audience. */
export function taskReasons(parts: PressParts & PlaceParts & QuestionParts) {
  return onTaskPress(parts, async (press) => {
    const { operationId, client, body, userId, fields, show } = press;
    const poster = { client: parts.posting(client), userId };
    const due: FileDue[] = [];
    await guarded(parts, press, async () => {
      const answer = await askReasons(askedBy(parts, userId), operationId);
      if (answer.kind === 'trouble') return privately(trouble(answer.trouble));
      const { report } = answer;
      const place = await placeOfPress(parts, client, body, operationId);
      const file = await fileNoteFor(poster, report);
      const told = await postMessageThere(poster, place, reasonsMessage(report, file));
      if (file === 'follows' && told.place !== 'nowhere') due.push({ report, address: told.place });
      return told.response;
    });
    for (const { report, address } of due) {
      await guarded(parts, { fields: { ...fields, step: 'file' }, show }, async () => {
        const refused = await shareReasonsFile(poster, address, report);
        return refused === null ? null : sayPrivately(`:warning: ${refused}`);
      });
    }
  });
}
