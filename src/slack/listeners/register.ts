import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTIONS } from '../../render/actions.ts';
import type { SlackParts } from '../parts.ts';
import { taskDetails } from './actions/task-details.ts';
import { turnPage } from './actions/turn-page.ts';
import { unknownAction } from './actions/unknown-action.ts';
import { upgradesCommand } from './commands/upgrades.ts';

/** Every listener, by what a person does in Slack. Action ids match exactly, so that one press reaches one listener. */
export function registerListeners(app: App, parts: SlackParts): void {
  app.command('/upgrades', upgradesCommand(parts));
  const turn = turnPage(parts);
  for (const id of [ACTIONS.previousPage, ACTIONS.nextPage, ACTIONS.refreshList]) {
    app.action<BlockAction<ButtonAction>>(button(id), turn);
  }
  app.action<BlockAction<ButtonAction>>(button(ACTIONS.taskDetails), taskDetails(parts));
  const known = Object.values(ACTIONS).join('|');
  app.action(new RegExp(`^(?!(?:${known})$)`), unknownAction(parts));
}

function button(id: string) {
  return { type: 'block_actions', action_id: id } as const;
}
