import type { WebClientOptions } from '@slack/web-api';
import { WebClient } from '@slack/web-api';
import type { JsonObject } from '../../sandbox/workspace/json.ts';
import type { OpenedView } from '../../sandbox/workspace/types.ts';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';
import { quietLogger } from '../sandbox/workspace/quiet-logger.ts';

/** What a person reads in the modal on top, once it says all of this. */
export async function modalSaying(
  workspace: Workspace,
  user: string,
  ...pieces: readonly string[]
): Promise<string> {
  const text = () => workspace.plainView(workspace.modal(user)?.view ?? {});
  await workspace.until(() => pieces.every((piece) => text().includes(piece)), {
    what: `a modal of ${user} that says ${pieces.join(' and ')}`,
    timeoutMs: 12_000,
  });
  return text();
}

/** The modal on top. */
export function modalOf(workspace: Workspace, user: string): OpenedView {
  const modal = workspace.modal(user);
  if (!modal) throw new Error(`${user} has no modal open`);
  return modal;
}

/** Puts another state into an open modal, as somebody would who could write it. */
export async function forgeState(
  workspace: Workspace,
  user: string,
  state: string,
  view: JsonObject = modalOf(workspace, user).view,
): Promise<void> {
  const { id } = modalOf(workspace, user);
  const options: WebClientOptions = { slackApiUrl: workspace.apiUrl, logger: quietLogger() };
  const { type, title, close, callback_id, blocks } = view;
  const forged = { type, title, close, callback_id, blocks, private_metadata: state };
  await new WebClient(workspace.botToken, options).apiCall('views.update', { view_id: id, view: forged });
}
