import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { DEFAULT_KINDS, type Mention, type Subscription } from '../../src/core/subscription/subscription.ts';

export const OPS: Mention = { kind: 'group', id: 'SOPS' };
export const ANA: Mention = { kind: 'person', id: 'UANA' };
export const HERE: Mention = { kind: 'here' };

/** A wish of channel C1 to hear of the usual kinds of all tasks; changed as told, the filter as a line. */
export function aSubscription({
  filter = '',
  ...words
}: Partial<Omit<Subscription, 'terms'>> & { readonly filter?: string } = {}): Subscription {
  return {
    ...{ id: 's1', channel: 'C1', kinds: DEFAULT_KINDS, mentions: [], thresholds: {} },
    terms: parseTerms(filter).terms,
    ...words,
  };
}
