import { printSubscription } from '../core/subscription/print-subscription.ts';
import { section } from '../render/message.ts';
import { code } from '../render/text.ts';
import { readSubscriptionsOf } from '../store/subscriptions.ts';
import type { DeliveryParts } from './delivery-parts.ts';

/** Tells whoever subscribed a channel, in a direct message, that Slack no longer lets us post there. */
export async function tellMaker(
  { db, clientFor, log }: DeliveryParts,
  channel: string,
  reason: string,
): Promise<void> {
  const made = Map.groupBy(await readSubscriptionsOf(db, channel), ({ createdBy }) => createdBy);
  for (const [maker, [first]] of made) {
    if (maker === null || first === undefined) continue;
    const again = code(`/upgrades subscribe ${printSubscription(first)}`);
    const text =
      `I cannot post upgrade notices in <#${channel}> any more: Slack says \`${reason}\`. They are kept for 7 days. ` +
      `Invite me to the channel (or reopen it) and type ${again} there: then they are told in one message.`;
    try {
      const client = await clientFor(channel);
      await client.chat.postMessage({ channel: maker, text, blocks: [section(text)] });
    } catch (error) {
      log.warn({ channel, err: error }, 'the maker of a suspended subscription could not be told');
    }
  }
}
