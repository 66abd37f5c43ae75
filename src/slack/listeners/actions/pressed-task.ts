import type { BlockAction, ButtonAction, RespondFn } from '@slack/bolt';
import { isSafeId } from '../../../core/ids.ts';
import type { SlackParts } from '../../parts.ts';
import { sayPrivately } from '../private-response.ts';

/** What log lines about a press on a message carry. */
export function pressFields(action: ButtonAction, body: BlockAction) {
  return { listener: 'action', action: action.action_id, user: body.user.id };
}

/**
 * The task a button of a message is about. The id comes from outside and is checked again; one that cannot be asked for
 * is answered, and null comes back.
 */
export async function pressedTask(
  { log }: SlackParts,
  action: ButtonAction,
  body: BlockAction,
  respond: RespondFn,
): Promise<string | null> {
  const operationId = action.value ?? '';
  if (isSafeId(operationId)) return operationId;
  log.warn({ ...pressFields(action, body), reason: 'unreadable-value' }, 'button ignored');
  const text = 'The id on this button is none the platform can be asked for, so nothing was asked.';
  await respond({ ...sayPrivately(text) }).catch((error: unknown) =>
    log.warn({ err: error }, 'the person could not be told'),
  );
  return null;
}
