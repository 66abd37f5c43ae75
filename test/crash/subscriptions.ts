import { CHANGE_KINDS } from '../../src/core/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import type { Subscription } from '../../src/core/subscription.ts';
import { openStore } from '../../src/store/open-store.ts';
import { saveSubscription } from '../../src/store/subscriptions.ts';

/** The channels of the story and what each wants to hear: one everything, one the alarms of some tasks. */
export const CHANNELS = ['everything', 'alarms'] as const;
export type ChannelName = (typeof CHANNELS)[number];

const WISHES: Readonly<Record<ChannelName, Pick<Subscription, 'terms' | 'kinds'>>> = {
  everything: { terms: [], kinds: CHANGE_KINDS },
  alarms: { terms: parseTerms('firmware').terms, kinds: ['failed', 'failing', 'stalled', 'overdue'] },
};

/** Makes a store in which both channels are subscribed, as people would have done before the story begins. */
export async function subscribeChannels(
  storePath: string,
  idOf: (name: ChannelName) => string,
  now: number,
): Promise<void> {
  const store = await openStore(storePath);
  for (const name of CHANNELS) {
    await saveSubscription(store.db, {
      ...{ id: `subscription-${name}`, channel: idOf(name), mentions: [], thresholds: {}, ...WISHES[name] },
      ...{ createdBy: null, createdAt: now },
    });
  }
  await store.close();
}
