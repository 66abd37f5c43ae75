import type { Kysely } from 'kysely';
import { CHANGE_KINDS } from '../../src/core/change/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { writeHours } from '../../src/store/subscription/channel-hours.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { resumeChannel } from '../../src/store/subscription/suspension.ts';
import { TIMES } from './script.ts';

type Wish = Pick<Subscription, 'terms' | 'kinds'>;

/** What the channels of the story want to hear. */
export const WISHES = {
  everything: { terms: [], kinds: CHANGE_KINDS },
  alarms: { terms: parseTerms('firmware').terms, kinds: ['failed', 'failing', 'stalled', 'overdue'] },
  /** Has quiet hours. No alarm that time alone can raise: it would be found before or after they end. */
  nights: { terms: [], kinds: ['failed', 'failing', 'succeeded', 'stopped'] },
  /** Is closed for a while. */
  ward: { terms: [], kinds: ['failed', 'failing', 'stalled'] },
} as const satisfies Readonly<Record<string, Wish>>;

export const CHANNELS = Object.keys(WISHES);

/** A channel whose people subscribe and unsubscribe while the story goes on. Nobody compares what it is told. */
export const ELSEWHERE = 'elsewhere';

/** Makes a store in which the channels are subscribed, as people would have done before the story begins. */
export async function subscribeChannels(
  storePath: string,
  idOf: (name: string) => string,
  begun: number,
): Promise<void> {
  const store = await openSqlite(storePath);
  await subscribeIn(store.db, idOf, begun);
  await store.close();
}

/** The same in a store that is open. */
export async function subscribeIn(
  db: Kysely<Schema>,
  idOf: (name: string) => string,
  begun: number,
): Promise<void> {
  for (const [name, { terms, kinds }] of Object.entries<Wish>(WISHES)) {
    await saveSubscription(db, {
      ...{ id: `subscription-${name}`, channel: idOf(name), terms, kinds },
      ...{ mentions: [], thresholds: {}, createdBy: null, createdAt: begun },
    });
  }
  const quiet = { from: minuteOf(begun + TIMES.quietFrom), until: minuteOf(begun + TIMES.quietUntil) };
  await writeHours(db, idOf('nights'), { quiet, digestAt: null, zone: 'UTC' }, null);
}

/** Takes a channel up again that was closed, as its people do by subscribing again. No bot may be running. */
export async function takeUp(storePath: string, channel: string): Promise<void> {
  const store = await openSqlite(storePath);
  await resumeChannel(store.db, channel);
  await store.close();
}

function minuteOf(at: number): number {
  return Math.floor(at / 60_000) % (24 * 60);
}
