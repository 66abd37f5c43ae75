import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { type AnswerModal, answerModal, loadingModal } from '../../render/question/answer-modal.ts';
import { openView, updateView, type ViewHandle } from '../out/views.ts';
import { type ModalPlace, NOWHERE, printModalPlace, readModalPlace } from './modal-place.ts';
import { threadOfPress } from './place.ts';
import type { Show } from './response.ts';

/** Title of modals that show a list. */
export const LIST_MODAL = 'Upgrade tasks';
/** Label of the button in a modal that posts its list to the channel. */
const POST = 'Post to channel';

/** The message or modal in which a list's button was pressed. */
export interface Surface {
  readonly kind: 'message' | 'modal';
  /** Shows the answer there, replacing the pressed message if the response says so. */
  readonly show: Show;
  readonly place: ModalPlace;
  /** Label of the button that shows the list to the channel: undefined for the usual one, null for none. */
  readonly share: string | null | undefined;
}

interface Pressed {
  readonly body: BlockAction;
  readonly client: WebClient;
  /** How to answer a press in a message. */
  readonly show: Show;
}

/** Finds where a button was pressed. Views have no response URL, so their answers replace the view itself. */
export function surfaceOf({ body, client, show }: Pressed): Surface {
  const { view, channel } = body;
  if (view === undefined) {
    const place = { channel: channel?.id ?? null, threadTs: threadOfPress(body) };
    return { kind: 'message', show, place, share: undefined };
  }
  const place = readModalPlace(view.private_metadata);
  return { kind: 'modal', ...listModal(client, view.id, place) };
}

/** A modal that shows a list, with the place where the list can be posted. */
export function listModal(client: WebClient, viewId: string, place: ModalPlace): Omit<Surface, 'kind'> {
  const modal = { title: LIST_MODAL, metadata: printModalPlace(place) };
  return {
    show: showInModal(client, viewId, modal),
    place,
    share: place.channel === null ? null : POST,
  };
}

/** Shows answers in an open modal. If it was closed meanwhile, the answer is dropped. */
export function showInModal(client: WebClient, viewId: string, modal: AnswerModal): Show {
  const handle: ViewHandle = { client, viewId, hash: null };
  return ({ text, blocks }) =>
    updateView(handle, { view: answerModal({ text, blocks }, modal), plain: answerModal({ text }, modal) });
}

/** Opens a loading modal before the trigger expires, and returns how to answer in it. */
export async function openModal(client: WebClient, trigger: string, title: string): Promise<Show> {
  const modal = { title, metadata: printModalPlace(NOWHERE) };
  const { viewId } = await openView(client, { trigger_id: trigger }, { view: loadingModal(modal) });
  return showInModal(client, viewId, modal);
}
