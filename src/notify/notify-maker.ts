import { EXTERNALLY_SHARED } from '../core/access/channel-sharing.ts';
import { printSubscription } from '../core/subscription/print-subscription.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import { section } from '../render/blocks/message.ts';
import { code } from '../render/blocks/text.ts';
import { post } from '../slack/out/post.ts';
import { readSubscriptionsOf } from '../store/subscription/subscriptions.ts';
import type { DeliveryParts } from './delivery-parts.ts';

function closedText(channel: string, reason: string, one: Subscription): string {
  const again = code(`/upgrades subscribe ${printSubscription(one)}`);
  return (
    `I cannot post upgrade notices in <#${channel}> any more: Slack says \`${reason}\`. They are kept for 7 days. ` +
    `Invite me to the channel (or reopen it) and type ${again} there: then they are told in one message.`
  );
}

function sharedText(channel: string, one: Subscription): string {
  const again = code(`/upgrades subscribe ${printSubscription({ ...one, external: true })}`);
  return (
    `<#${channel}> is shared with another organisation now, so I tell nothing there any more; upgrade notices are kept for 7 days. ` +
    `If they may read them, type ${again} there: then they are told in one message. Otherwise subscribe another channel.`
  );
}

/** Sends a direct message to the people who subscribed a channel: it no longer gets notifications. */
export async function notifyMaker(
  { db, clientFor, log }: Pick<DeliveryParts, 'db' | 'clientFor' | 'log'>,
  channel: string,
  reason: string,
): Promise<void> {
  const made = Map.groupBy(await readSubscriptionsOf(db, channel), ({ createdBy }) => createdBy);
  for (const [maker, [first]] of made) {
    if (maker === null || first === undefined) continue;
    const text =
      reason === EXTERNALLY_SHARED ? sharedText(channel, first) : closedText(channel, reason, first);
    const message = { text, blocks: [section(text)] };
    const outcome = await post(clientFor(channel), { channel: maker, threadTs: null }, message);
    if (outcome.kind === 'posted') continue;
    const { reason: why } = outcome.failure;
    log.warn({ channel, reason: why }, 'the maker of a suspended subscription could not be told');
  }
}
