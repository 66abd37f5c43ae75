import type { InputBlock, ModalView } from '@slack/types';
import { CHANGE_KINDS } from '../../core/change/changes.ts';
import type { SubscriptionField, SubscriptionForm } from '../../core/subscription/subscription-form.ts';
import { changeLook } from '../blocks/words.ts';

/** The modal's callback id, which identifies its submission. */
export const SUBSCRIPTION_MODAL = 'subscription';
export const SUBSCRIPTION_TITLE = 'Edit subscription';

/** The modal's controls: each name is both a block id and an action id. */
export const SUBSCRIPTION_CONTROLS = {
  filter: 'subscription_filter',
  kinds: 'subscription_kinds',
  people: 'subscription_people',
  groups: 'subscription_groups',
  failing: 'subscription_failing',
  stalled: 'subscription_stalled',
  external: 'subscription_external',
  quiet: 'subscription_quiet',
  digest: 'subscription_digest',
  zone: 'subscription_zone',
} as const satisfies Readonly<Record<SubscriptionField, string>>;

/** A subscription as a modal, with a control for every setting. */
export function subscriptionModal(form: SubscriptionForm, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: SUBSCRIPTION_MODAL,
    title: { type: 'plain_text', text: SUBSCRIPTION_TITLE },
    submit: { type: 'plain_text', text: 'Save' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: metadata,
    blocks: [
      line('filter', 'Which tasks', form, 'As on a line: firmware model:WM20 -group:test. Empty: all tasks'),
      kinds(form.kinds),
      people(form.people),
      line('groups', 'Groups to call', form, 'Ids of user groups such as S0123ABCD, or @here'),
      line(
        'failing',
        'Begins to fail',
        form,
        '10%, or 10%,20 to wait until 20 devices are done. Empty: as set',
      ),
      line('stalled', 'Stalled after', form, '90m, 6h or 2d. Empty: as set'),
      external(form.external),
      line('quiet', 'Quiet hours of the channel', form, '22:00-07:00. Empty: none'),
      line('digest', 'Daily digest of the channel', form, '09:00. Empty: none'),
      line('zone', 'Zone of these hours', form, 'A place such as Europe/Berlin. Empty: as it is'),
    ],
  };
}

function input(
  field: SubscriptionField,
  label: string,
  element: InputBlock['element'],
  more: Partial<InputBlock> = {},
): InputBlock {
  return {
    type: 'input',
    block_id: SUBSCRIPTION_CONTROLS[field],
    optional: true,
    label: { type: 'plain_text', text: label },
    element,
    ...more,
  };
}

function line(
  field: Exclude<SubscriptionField, 'kinds' | 'people' | 'external'>,
  label: string,
  form: SubscriptionForm,
  hint: string,
): InputBlock {
  const text = form[field];
  const element = {
    type: 'plain_text_input' as const,
    action_id: SUBSCRIPTION_CONTROLS[field],
    max_length: 3_000,
    ...(text !== '' && { initial_value: text }),
  };
  return input(field, label, element, { hint: { type: 'plain_text', text: hint } });
}

function kinds(chosen: readonly string[]): InputBlock {
  const options = CHANGE_KINDS.map((kind) => ({
    text: { type: 'plain_text' as const, text: changeLook(kind).brief },
    value: kind,
  }));
  const initial = options.filter(({ value }) => chosen.includes(value));
  return input(
    'kinds',
    'What is told of them',
    {
      type: 'multi_static_select',
      action_id: SUBSCRIPTION_CONTROLS.kinds,
      options,
      // Slack refuses an empty list here.
      ...(initial.length > 0 && { initial_options: initial }),
    },
    { optional: false },
  );
}

/** The value of the ticked box. */
export const EXTERNAL_YES = 'yes';

function external(chosen: boolean): InputBlock {
  const option = {
    text: { type: 'plain_text' as const, text: 'Tell it also where other organisations read along' },
    description: {
      type: 'plain_text' as const,
      text: 'In a channel shared with them. Otherwise I tell nothing there.',
    },
    value: EXTERNAL_YES,
  };
  return input('external', 'Shared channels', {
    type: 'checkboxes',
    action_id: SUBSCRIPTION_CONTROLS.external,
    options: [option],
    // Slack refuses an empty list here.
    ...(chosen && { initial_options: [option] }),
  });
}

function people(chosen: readonly string[]): InputBlock {
  return input('people', 'People to call', {
    type: 'multi_users_select',
    action_id: SUBSCRIPTION_CONTROLS.people,
    ...(chosen.length > 0 && { initial_users: [...chosen] }),
  });
}
