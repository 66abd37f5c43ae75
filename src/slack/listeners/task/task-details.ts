import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackParts } from '../../app/parts.ts';
import { openDetail } from './open-detail.ts';

/** Details: everything about one task in a modal. */
export function taskDetails(parts: SlackParts) {
  return (args: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> =>
    openDetail(parts, args, async (state) => state);
}
