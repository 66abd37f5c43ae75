import { z } from 'zod';
import { weigh } from '../../../act/subscribe.ts';
import { type Proposal, proposeByForm, proposeWhole } from '../../../ask/propose.ts';
import type { FilterProblem } from '../../../core/filter/filter.ts';
import {
  readSubscriptionForm,
  type SubscriptionField,
  type SubscriptionForm,
} from '../../../core/subscription/subscription-form.ts';
import type { Message } from '../../../render/blocks/message.ts';
import { answerModal, loadingModal } from '../../../render/question/answer-modal.ts';
import {
  EXTERNAL_YES,
  SUBSCRIPTION_CONTROLS,
  SUBSCRIPTION_TITLE,
} from '../../../render/subscription/subscription-modal.ts';
import { GONE, taken, UNREADABLE } from '../../../render/subscription/subscription-notes.ts';
import { questionBefore } from '../../answer/question-before.ts';
import { privately } from '../../answer/response.ts';
import { type SubscribeParts, type Subscriber, saveAndAnnounce } from '../../answer/subscribe-here.ts';
import { examine } from '../../answer/subscribe-objection.ts';
import { showInModal } from '../../answer/surface.ts';
import { zoneOf } from '../../answer/zone-of.ts';
import { fieldErrors } from '../field-errors.ts';
import { onSubmit, type SubmitParts } from '../on-submit.ts';
import { printSubscriptionPlace, readSubscriptionPlace } from './subscription-place.ts';

/**
 * A submitted subscription. Mistakes appear under their controls; otherwise the modal shows what was saved
 * and what it would have posted, or first asks if that is loud or a value is unknown. The channel sees the
 * same as after a typed line.
 */
export function submitSubscription(parts: SubmitParts & SubscribeParts) {
  return onSubmit(parts, ({ view, client, userId, home }) => {
    const place = readSubscriptionPlace(view.private_metadata);
    const form = readSubscriptionState(view.state.values);
    if (place === null || form === null) {
      return { kind: 'unreadable', instead: answerModal(UNREADABLE, { title: SUBSCRIPTION_TITLE }) };
    }
    const read = readSubscriptionForm(form);
    if (!read.ok) return { kind: 'mistakes', errors: subscriptionErrors(read.problems) };
    const { here, id } = place;
    const modal = { title: SUBSCRIPTION_TITLE, metadata: printSubscriptionPlace(place) };
    return {
      kind: 'read',
      loading: loadingModal(modal),
      show: showInModal(client, view.id, modal),
      async work() {
        const asker = { userId, client, here, home };
        if (!(await parts.workspaces.owners.isOwn(here.channel, home))) return privately(GONE);
        const zone = () => zoneOf(asker, parts.log);
        const proposed = await proposeByForm(parts.db, here.channel, id, read.wish, zone);
        if (proposed.kind === 'gone') return privately(GONE);
        if (proposed.kind === 'taken') return privately(taken(proposed.by));
        return privately(await settle(parts, proposed.proposal, asker));
      },
    };
  });
}

async function settle(parts: SubscribeParts, proposal: Proposal, asker: Subscriber): Promise<Message> {
  const examined = await examine(parts, proposal, asker);
  if (examined.kind === 'objection') return examined.message;
  const weighed = await weigh(parts, proposal);
  const question = await questionBefore(parts, proposal, weighed, async (terms) => {
    const { channel, before, wished, hours } = proposal;
    if (wished === null) return null;
    const waiting = { id: before?.id ?? null, wished: { ...wished, terms }, hours };
    const proposed = await proposeWhole(parts.db, channel, waiting);
    return proposed.kind === 'proposal' ? proposed.proposal : null;
  });
  if (question !== null) return question;
  const outcome = await saveAndAnnounce(parts, proposal, weighed, { ...asker, shared: examined.shared });
  return outcome.kind === 'told' ? outcome.confirmation : outcome.message;
}

const element = z.object({
  value: z.string().nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_users: z.array(z.string().regex(/^[UW][A-Z0-9]{1,30}$/)).nullish(),
});
const state = z.record(z.string(), z.record(z.string(), element));

/** Reads the form from a view's `state.values`. Null if our modal did not send it. */
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
function subscriptionErrors(problems: ReadonlyMap<SubscriptionField, FilterProblem>): Record<string, string> {
  return fieldErrors(problems, SUBSCRIPTION_CONTROLS);
}
