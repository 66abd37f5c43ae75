import type { BlockElementAction } from '@slack/bolt';
import { onPress, type PressParts, refusePress } from './on-press.ts';

/** A button of an older or newer version: acknowledged, so that the person sees no error of Slack's, and explained. */
export function unknownAction(parts: PressParts) {
  return onPress<BlockElementAction>(parts, (press) => refusePress(parts, press, 'unknown-action', OUTDATED));
}

const OUTDATED = 'This button is from another version of me. Ask again with `/upgrades` for fresh ones.';
