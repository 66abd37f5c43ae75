import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { lookUp } from '../../../ask/look-up.ts';
import type { AskParts } from '../../../ask/parts.ts';
import { findIds } from '../../../core/question/find-ids.ts';
import { type FoundId, foundIds } from '../../../render/question/found-ids.ts';
import type { QuestionParts } from '../../answer/answer.ts';
import { type AnswerParts, answerAsked } from '../../answer/answer-asked.ts';
import { privately, type Show } from '../../answer/response.ts';
import { openModal } from '../../answer/surface.ts';
import { askedBy } from '../../app/parts.ts';
import { type GuardParts, guarded } from '../guarded.ts';
import { type OnceParts, once } from '../once.ts';
import { messageTexts } from './message-texts.ts';

/** Ids of one message that are looked up: each costs a few calls of the platform's. */
const MOST = 5;

type Args = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** *Find upgrade tasks here*, on any message: looks up the ids in it and shows what they are. */
export function findUpgradeTasks(parts: GuardParts & OnceParts & AnswerParts & QuestionParts) {
  return once(parts, async ({ shortcut, client }: Args) => {
    const fields = { listener: 'shortcut', shortcut: shortcut.callback_id, user: shortcut.user.id };
    // Until the modal is open, the person is answered where the message stands.
    let show: Show = answerAsked(parts, client, {
      userId: shortcut.user.id,
      channel: shortcut.channel.id,
      threadTs: null,
      responseUrl: shortcut.response_url,
    });
    await guarded(parts, { fields, show: (answer) => show(answer) }, async () => {
      show = await openModal(client, shortcut.trigger_id, 'Upgrade tasks found');
      const ids = findIds(messageTexts(shortcut.message));
      const asked = askedBy(parts, shortcut.user.id);
      const found = await Promise.all(ids.slice(0, MOST).map((id) => lookUpId(asked, id)));
      return privately(foundIds(found, ids.slice(MOST), parts.now()));
    });
  });
}

async function lookUpId(parts: AskParts, id: string): Promise<FoundId> {
  const found = await lookUp(parts, id, 'UTC');
  switch (found.kind) {
    case 'task':
      return { kind: 'task', id, task: found.detail.task };
    case 'device':
      return { kind: 'device', id, detail: found.detail };
    case 'trouble':
      return { kind: 'nothing', id, trouble: found.trouble };
  }
}
