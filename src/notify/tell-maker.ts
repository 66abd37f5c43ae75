import { EXTERNALLY_SHARED } from '../core/access/channel-sharing.ts';
import { printSubscription } from '../core/subscription/print-subscription.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import { POSTED_AS_WRITTEN, section } from '../render/blocks/message.ts';
import { code } from '../render/blocks/text.ts';
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

/** Tells whoever subscribed a channel, in a direct message, that it is no longer told of anything. */
export async function tellMaker(
  { db, clientFor, log }: Pick<DeliveryParts, 'db' | 'clientFor' | 'log'>,
  channel: string,
  reason: string,
): Promise<void> {
  const made = Map.groupBy(await readSubscriptionsOf(db, channel), ({ createdBy }) => createdBy);
  for (const [maker, [first]] of made) {
    if (maker === null || first === undefined) continue;
    const text =
      reason === EXTERNALLY_SHARED ? sharedText(channel, first) : closedText(channel, reason, first);
    try {
      const client = await clientFor(channel);
      await client.chat.postMessage({ channel: maker, text, blocks: [section(text)], ...POSTED_AS_WRITTEN });
    } catch (error) {
      log.warn({ channel, err: error }, 'the maker of a suspended subscription could not be told');
    }
  }
}
