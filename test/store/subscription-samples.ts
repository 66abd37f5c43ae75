import type { Kysely } from 'kysely';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { Schema } from '../../src/store/engine/schema.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { NOW } from './samples.ts';

interface Words extends Partial<Omit<Subscription, 'terms'>> {
  readonly filter?: string;
  readonly createdBy?: string | null;
}

/** Subscribes channel C1 to failures and stalls of all tasks; otherwise as told. */
export async function subscribe(
  db: Kysely<Schema>,
  { filter = '', createdBy = 'U1', ...words }: Words = {},
): Promise<void> {
  await saveSubscription(db, {
    ...{ id: 's1', channel: 'C1', kinds: ['failed', 'stalled'], mentions: [], thresholds: {} },
    ...words,
    ...{ terms: parseTerms(filter).terms, createdBy, createdAt: NOW },
  });
}
