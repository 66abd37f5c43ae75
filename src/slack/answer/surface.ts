import type { BlockAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { type AnswerModal, answerModal, loadingModal } from '../../render/question/answer-modal.ts';
import { openView, updateView, type ViewHandle } from '../out/views.ts';
import { type ModalPlace, NOWHERE, printModalPlace, readModalPlace } from './modal-place.ts';
import { threadOfPress } from './place.ts';
import type { Show } from './response.ts';

/** What lists in a modal are called. */
export const LIST_MODAL = 'Upgrade tasks';
/** The button of a modal that shows its list to everybody. */
const POST = 'Post to channel';

/** The message or modal a list's button was pressed in. */
export interface Surface {
  readonly kind: 'message' | 'modal';
  /** Shows the answer there, in place of what was pressed where it says so. */
  readonly show: Show;
  readonly place: ModalPlace;
  /** The label of the button that shows the list to the channel; undefined for that of messages. */
  readonly share: string | null | undefined;
}

interface Pressed {
  readonly body: BlockAction;
  readonly client: WebClient;
  /** How whoever pressed in a message is answered. */
  readonly show: Show;
}

/** Finds out where a button was pressed. Views have no response URL, so their answers become the view itself. */
export function surfaceOf({ body, client, show }: Pressed): Surface {
  const { view, channel } = body;
  if (view === undefined) {
    const place = { channel: channel?.id ?? null, threadTs: threadOfPress(body) };
    return { kind: 'message', show, place, share: undefined };
  }
  const place = readModalPlace(view.private_metadata);
  return { kind: 'modal', ...listModal(client, view.id, place) };
}

/** A modal that shows a list, opened from a place where the list can be posted. */
export function listModal(client: WebClient, viewId: string, place: ModalPlace): Omit<Surface, 'kind'> {
  const modal = { title: LIST_MODAL, metadata: printModalPlace(place) };
  return {
    show: showInModal(client, viewId, modal),
    place,
    share: place.channel === null ? null : POST,
  };
}

/** Puts answers into an open modal. Where it was closed meanwhile, nobody waits for the answer any more. */
export function showInModal(client: WebClient, viewId: string, modal: AnswerModal): Show {
  const handle: ViewHandle = { client, viewId, hash: null };
  return ({ text, blocks }) =>
    updateView(handle, { view: answerModal({ text, blocks }, modal), plain: answerModal({ text }, modal) });
}

/** Opens a modal that says it is looking, before the trigger dies of old age, and tells how to answer in it. */
export async function openModal(client: WebClient, trigger: string, title: string): Promise<Show> {
  const modal = { title, metadata: printModalPlace(NOWHERE) };
  const { viewId } = await openView(client, { trigger_id: trigger }, { view: loadingModal(modal) });
  return showInModal(client, viewId, modal);
}
