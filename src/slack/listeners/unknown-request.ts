import type { BlockElementAction } from '@slack/bolt';
import type { AnswerParts } from '../answer/answer-asked.ts';
import { type Request, refusePrivately } from '../app/middleware/refuse-privately.ts';
import type { SlackParts } from '../app/parts.ts';
import { onPress, type PressParts, refusePress } from './on-press.ts';

/**
 * A modal or shortcut from another version: acknowledged and explained, so that the user is not left waiting.
 */
export function unknownRequest(
  parts: AnswerParts & Pick<SlackParts, 'onUnheard'>,
  kind: 'view' | 'shortcut',
) {
  return async (request: Request & { readonly payload: { readonly callback_id: string } }): Promise<void> => {
    parts.onUnheard(`${kind} ${request.payload.callback_id}`);
    await refusePrivately(parts, request, outdated(kind === 'view' ? 'window' : 'shortcut'));
  };
}

function outdated(what: string): string {
  return `This ${what} is from another version of me, so I did nothing. Ask again with \`/upgrades\`.`;
}

/** A button from another version: acknowledged, so that Slack shows no error, and explained. */
export function unknownAction(parts: PressParts) {
  return onPress<BlockElementAction>(parts, (press) => refusePress(parts, press, 'unknown-action', OUTDATED));
}

const OUTDATED = 'This button is from another version of me. Ask again with `/upgrades` for fresh ones.';
