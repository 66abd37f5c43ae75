import { z } from 'zod';
import type { FilterProblem } from '../../../core/filter/filter.ts';
import type { SubscriptionField, SubscriptionForm } from '../../../core/subscription/subscription-form.ts';
import { EXTERNAL_YES, SUBSCRIPTION_CONTROLS } from '../../../render/subscription/subscription-modal.ts';
import { fieldErrors } from '../field-errors.ts';

const element = z.object({
  value: z.string().nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_users: z.array(z.string().regex(/^[UW][A-Z0-9]{1,30}$/)).nullish(),
});
const state = z.record(z.string(), z.record(z.string(), element));

/** What was filled in, out of a view's `state.values`. Null when it is not what our modal sends. */
export function readSubscriptionState(values: unknown): SubscriptionForm | null {
  const read = state.safeParse(values);
  if (!read.success) return null;
  const held = (field: SubscriptionField) =>
    read.data[SUBSCRIPTION_CONTROLS[field]]?.[SUBSCRIPTION_CONTROLS[field]];
  const text = (field: SubscriptionField) => held(field)?.value ?? '';
  return {
    filter: text('filter'),
    kinds: held('kinds')?.selected_options?.map(({ value }) => value) ?? [],
    people: held('people')?.selected_users ?? [],
    groups: text('groups'),
    failing: text('failing'),
    stalled: text('stalled'),
    external: held('external')?.selected_options?.some(({ value }) => value === EXTERNAL_YES) ?? false,
    quiet: text('quiet'),
    digest: text('digest'),
    zone: text('zone'),
  };
}

/** The mistakes as Slack shows them, each under its control. */
export function subscriptionErrors(
  problems: ReadonlyMap<SubscriptionField, FilterProblem>,
): Record<string, string> {
  return fieldErrors(problems, SUBSCRIPTION_CONTROLS);
}
