import { section } from '../render/message.ts';
import { readMakers } from '../store/subscriptions.ts';
import type { DeliveryParts } from './delivery-parts.ts';

/** Tells whoever subscribed a channel, in a direct message, that Slack no longer lets us post there. */
export async function tellMaker(
  { db, client, log }: DeliveryParts,
  channel: string,
  reason: string,
): Promise<void> {
  const text =
    `I cannot post upgrade notices in <#${channel}> any more: Slack says \`${reason}\`. ` +
    'They are kept. Invite me to the channel (or reopen it); they are told within ten minutes then.';
  for (const maker of await readMakers(db, channel)) {
    try {
      await client.chat.postMessage({ channel: maker, text, blocks: [section(text)] });
    } catch (error) {
      log.warn({ channel, err: error }, 'the maker of a suspended subscription could not be told');
    }
  }
}
