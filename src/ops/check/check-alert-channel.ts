import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { readSlackFailure, type SlackFailure } from '../../slack/out/slack-failure.ts';
import type { CheckLine } from './check-line.ts';

const answer = z.object({
  channel: z.object({
    name: z.string().optional(),
    is_member: z.boolean().optional(),
    is_archived: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_ext_shared: z.boolean().optional(),
  }),
});

/** Checks whether notifications can be posted to ALERT_CHANNEL. */
export async function checkAlertChannel(
  client: WebClient,
  channel: string | null,
): Promise<readonly CheckLine[]> {
  if (channel === null) return [];
  try {
    const { name, is_member, is_archived, is_im, is_ext_shared } = answer.parse(
      await client.conversations.info({ channel }),
    ).channel;
    const shown = name === undefined ? channel : `#${name} (${channel})`;
    if (is_archived === true) {
      return [line(false, `${shown} is archived. Unarchive it, or set ALERT_CHANNEL to another one.`)];
    }
    if (is_im !== true && is_member === false) {
      return [line(false, `I am not in ${shown}. Type /invite with my name there.`)];
    }
    if (is_ext_shared === true) {
      const needs = 'notices go there only once it is subscribed with external:yes';
      return [line(true, `${shown} is shared with another organisation: ${needs}.`)];
    }
    return [line(true, `notices can be posted in ${shown}`)];
  } catch (error) {
    return [line(...resultOf(readSlackFailure(error), channel))];
  }
}

function resultOf({ cure, word }: SlackFailure, channel: string): readonly [ok: boolean, text: string] {
  switch (cure) {
    case 'invite':
      return [
        false,
        `there is no ${channel}, or it is private and I am not in it. Check the id, and invite me there.`,
      ];
    case 'scope':
      return [
        true,
        `${channel} could not be looked at: that needs the scopes channels:read and groups:read. Make sure that I am in it.`,
      ];
    default:
      return [
        false,
        `Slack does not say anything about ${channel} (${word ?? 'no answer'}). Try again later.`,
      ];
  }
}

function line(ok: boolean, text: string): CheckLine {
  return { ok, text: `ALERT_CHANNEL: ${text}` };
}
