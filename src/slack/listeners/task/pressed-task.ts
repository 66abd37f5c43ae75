import type { BlockAction, ButtonAction } from '@slack/bolt';
import { isSafeId } from '../../../core/task/ids.ts';
import { type Show, sayPrivately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';

/** What log lines about a press on a message carry. */
export function pressFields(action: { readonly action_id: string }, body: BlockAction) {
  return { listener: 'action', action: action.action_id, user: body.user.id };
}

/**
 * The task a button of a message is about. The id comes from outside and is checked again; one that cannot be asked for
 * is answered, and null comes back.
 */
export async function pressedTask(
  parts: SlackParts,
  action: ButtonAction,
  body: BlockAction,
  show: Show,
): Promise<string | null> {
  const operationId = action.value ?? '';
  if (isSafeId(operationId)) return operationId;
  const fields = { ...pressFields(action, body), reason: 'unreadable-value' };
  parts.log.warn(fields, 'button ignored');
  await guarded(parts, fields, show, async () => sayPrivately(UNUSABLE));
  return null;
}

const UNUSABLE = 'The id on this button is none the platform can be asked for, so nothing was asked.';
