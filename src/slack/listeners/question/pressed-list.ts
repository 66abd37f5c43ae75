import type { BlockAction } from '@slack/bolt';
import { type Show, sayPrivately } from '../../answer/response.ts';
import type { SlackParts } from '../../app/parts.ts';
import { guarded } from '../guarded.ts';

/** What log lines about a press under a list carry. */
export function listFields(action: { readonly action_id: string }, body: BlockAction) {
  return { listener: 'action', action: action.action_id, user: body.user.id };
}

/** Answers a press on a control under a list whose value is none of ours: forged, or of another version. */
export async function refuseListPress(
  parts: SlackParts,
  fields: ReturnType<typeof listFields>,
  show: Show,
): Promise<void> {
  const refused = { ...fields, reason: 'unreadable-value' };
  parts.log.warn(refused, 'button ignored');
  await guarded(parts, refused, show, async () => sayPrivately(UNUSABLE));
}

const UNUSABLE =
  'I cannot read the question of this button, so nothing was asked. Ask again with `/upgrades`.';
