import { type Saved, saveProposal } from '../../src/act/subscribe.ts';
import { type Unsubscribed, unsubscribe } from '../../src/act/unsubscribe.ts';
import { type Proposal, proposeByLine } from '../../src/ask/propose.ts';
import { parseSubscriptionWish } from '../../src/core/subscription/parse-wish.ts';
import { printSubscription } from '../../src/core/subscription/print-subscription.ts';
import type { SubscriptionWish } from '../../src/core/subscription/subscription.ts';
import { readSubscriptionsOf } from '../../src/store/subscription/subscriptions.ts';
import type { Bench } from '../watch/bench.ts';

/** Two channels beside that of the bench. */
export const OPS = 'C0OPS';
export const LAB = 'C0LAB';

export function wishOf(line: string): SubscriptionWish {
  const read = parseSubscriptionWish(line);
  if (!read.ok) throw new Error(`${line}: ${JSON.stringify(read.problems)}`);
  return read.wish;
}

export async function propose(
  { store }: Pick<Bench, 'store'>,
  line: string,
  channel = OPS,
  zone = 'UTC',
): Promise<Proposal> {
  return await proposeByLine(store.db, channel, wishOf(line), async () => zone);
}

/** Subscribes a channel as after `/upgrades subscribe …`. */
export async function subscribe(bench: Bench, line: string, channel = OPS, zone = 'UTC'): Promise<Saved> {
  return await saveProposal(bench.parts, await propose(bench, line, channel, zone), 'U1');
}

/** As after `/upgrades unsubscribe …`; `all` for everything. */
export async function unsubscribeHere(
  { store }: Pick<Bench, 'store'>,
  line: string,
  channel = OPS,
  zone = 'UTC',
): Promise<Unsubscribed> {
  const all = line === 'all';
  return await unsubscribe(store.db, channel, { wish: all || line === '' ? null : wishOf(line), all, zone });
}

/** What a channel is told of, in normal form, in alphabetical order. */
export async function linesOf({ store }: Pick<Bench, 'store'>, channel = OPS): Promise<readonly string[]> {
  return (await readSubscriptionsOf(store.db, channel)).map(printSubscription).sort();
}
