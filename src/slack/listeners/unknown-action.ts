import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { sayPrivately } from '../answer/response.ts';
import { showOf } from '../answer/show-of.ts';
import type { SlackParts } from '../app/parts.ts';
import { guarded } from './guarded.ts';
import { pressFields } from './task/pressed-task.ts';

/** A button of an older or newer version: acknowledged, so that the person sees no error of Slack's, and explained. */
export function unknownAction(parts: SlackParts) {
  return async ({
    action,
    body,
    client,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    const fields = { ...pressFields(action, body), reason: 'unknown-action' };
    parts.log.warn(fields, 'button ignored');
    await guarded(parts, fields, showOf(parts, client, body), async () => sayPrivately(OUTDATED));
  };
}

const OUTDATED = 'This button is from another version of me. Ask again with `/upgrades` for fresh ones.';
