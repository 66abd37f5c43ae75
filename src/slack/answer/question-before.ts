import type { Weighed } from '../../act/subscribe.ts';
import { askPreview } from '../../ask/ask-preview.ts';
import { askUnknown } from '../../ask/ask-unknown.ts';
import type { SubscriptionParts } from '../../ask/parts.ts';
import type { Proposal } from '../../ask/propose.ts';
import { findContradictions } from '../../core/filter/contradictions.ts';
import type { Term } from '../../core/filter/filter.ts';
import { withNearest } from '../../core/filter/unknown-value.ts';
import { sameFilter } from '../../core/subscription/same-filter.ts';
import { printWaiting } from '../../core/subscription/subscribe-button.ts';
import type { Message } from '../../render/blocks/message.ts';
import { type Instead, unknownAsks } from '../../render/question/unknown-asks.ts';
import { subscribeAsks } from '../../render/subscription/subscribe-asks.ts';

/** What would be saved with this filter instead; null if nothing could be. */
export type Propose = (terms: readonly Term[]) => Promise<Proposal | null>;

/**
 * The question to ask before saving; null if the proposal is neither loud nor has unknown values. Unknown
 * values in a filter that was already saved are not asked about again.
 */
export async function questionBefore(
  parts: SubscriptionParts,
  proposal: Proposal,
  { preview, loud }: Weighed,
  propose: Propose,
): Promise<Message | null> {
  const { wished, before } = proposal;
  if (preview === null || wished === null) return null;
  const value = carried(proposal);
  const isKnown = before !== null && sameFilter(before.terms, wished.terms);
  const unknown = isKnown ? [] : await askUnknown(parts.db, wished.terms);
  if (unknown.length === 0) return loud ? subscribeAsks(wished, preview, value) : null;
  const terms = withNearest(wished.terms, unknown);
  const instead = terms === null ? null : await weighInstead(parts, terms, propose);
  return unknownAsks({ wished, preview, loud, unknown, value, instead });
}

async function weighInstead(
  parts: SubscriptionParts,
  terms: readonly Term[],
  propose: Propose,
): Promise<Instead | null> {
  // Two values may be corrected to names that no task can have at once.
  if (findContradictions(terms).length > 0) return null;
  const proposal = await propose(terms);
  const value = proposal && carried(proposal);
  if (!proposal?.wished || !value) return null;
  return { wished: proposal.wished, preview: await askPreview(parts, proposal.wished), value };
}

function carried({ before, wished, hours }: Proposal): string | null {
  return wished && printWaiting({ id: before?.id ?? null, wished, hours });
}
