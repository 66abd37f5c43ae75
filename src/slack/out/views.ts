import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { fullOrPlain } from './full-or-plain.ts';
import { readSlackFailure } from './slack-failure.ts';

/** An open view. `hash` identifies the state we last saw; null overwrites whatever is there. */
export interface ViewHandle {
  readonly client: WebClient;
  readonly viewId: string;
  readonly hash: string | null;
}

/** A view, and its fallback if Slack rejects the blocks; null if there is nothing simpler. */
export interface Shown<View = ModalView> {
  readonly view: View;
  readonly plain?: View | null;
}

export type UpdateOutcome =
  | { readonly kind: 'shown'; readonly hash: string | null }
  /**
   * Not shown, for a good reason: the user closed the view, or pressed something else meanwhile (stale hash).
   */
  | { readonly kind: 'overtaken' };

/** A user action that allows opening a view. A trigger expires after three seconds. */
export interface Trigger {
  readonly trigger_id: string;
  /** The view the action happened in. */
  readonly view?: { readonly type: string } | undefined;
}

/** Opens a modal, on top of the modal the user pressed in, if any. Rejects as the client does. */
export async function openView(
  client: WebClient,
  { trigger_id, view: pressedIn }: Trigger,
  shown: Shown,
): Promise<ViewHandle> {
  const put = pressedIn?.type === 'modal' ? client.views.push : client.views.open;
  const { view } = await inTakenForm(shown, (one) => put({ trigger_id, view: one }));
  if (view?.id === undefined) throw new Error('Slack opened a modal without telling its id.');
  return { client, viewId: view.id, hash: view.hash ?? null };
}

/** Replaces an open modal's content. Rejects as the client does, unless the user has moved on meanwhile. */
export async function updateView({ client, viewId, hash }: ViewHandle, shown: Shown): Promise<UpdateOutcome> {
  const which = { view_id: viewId, ...(hash !== null && { hash }) };
  try {
    const { view } = await inTakenForm(shown, (one) => client.views.update({ ...which, view: one }));
    return { kind: 'shown', hash: view?.hash ?? null };
  } catch (error) {
    if (readSlackFailure(error).about !== 'overtaken') throw error;
    return { kind: 'overtaken' };
  }
}

/** Publishes a user's home tab. Rejects as the client does. */
export async function publishHome(client: WebClient, userId: string, shown: Shown<HomeView>): Promise<void> {
  await inTakenForm(shown, (view) => client.views.publish({ user_id: userId, view }));
}

function inTakenForm<View, Sent>(
  { view, plain = null }: Shown<View>,
  send: (view: View) => Promise<Sent>,
): Promise<Sent> {
  return plain === null
    ? send(view)
    : fullOrPlain(
        () => send(view),
        () => send(plain),
      );
}
