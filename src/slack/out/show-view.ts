import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { textOnlyView } from '../../render/task/detail/detail-frame.ts';
import type { DetailState } from '../../render/task/detail/detail-state.ts';
import { refusesBlocks, slackErrorOf } from './slack-error.ts';

/** An open view. `hash` names the state it was last seen in; null writes over whatever is there. */
export interface ViewHandle {
  readonly client: WebClient;
  readonly viewId: string;
  readonly hash: string | null;
}

/**
 * Shows a view in an open modal, as text where its blocks are refused, and resolves with its new hash. Null when it was
 * not shown for a good reason: the person closed the modal, or pressed something else meanwhile (the hash is stale).
 */
export async function showView(
  handle: ViewHandle,
  view: ModalView,
  state: DetailState | null,
): Promise<string | null> {
  try {
    return await update(handle, view);
  } catch (error) {
    if (isOvertaken(error)) return null;
    if (state === null || !refusesBlocks(error)) throw error;
  }
  try {
    return await update(handle, textOnlyView(view, state));
  } catch (error) {
    if (isOvertaken(error)) return null;
    throw error;
  }
}

async function update({ client, viewId, hash }: ViewHandle, view: ModalView): Promise<string | null> {
  const answer = await client.views.update({ view_id: viewId, view, ...(hash !== null && { hash }) });
  return answer.view?.hash ?? null;
}

/** Whether a view could not be updated because the person closed it or went on meanwhile. */
export function isOvertaken(error: unknown): boolean {
  const word = slackErrorOf(error);
  return word === 'hash_conflict' || word === 'not_found' || word === 'view_not_found';
}
