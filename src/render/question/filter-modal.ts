import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { TEXT_FIELDS, type TextField } from '../../core/filter/filter.ts';
import type { FilterForm, FormField } from '../../core/filter/form.ts';
import { KNOWN_STATUSES, KNOWN_TYPES } from '../../core/task/task.ts';
import { typeLabel } from '../blocks/words.ts';
import { sizesWith } from '../task/list-controls.ts';

/** The modal's callback id, which identifies its submission. */
export const FILTER_MODAL = 'filter';

/** The modal's controls: each name is both a block id and an action id. */
export const CONTROLS = {
  status: 'filter_status',
  type: 'filter_type',
  devicetype: 'filter_devicetype',
  model: 'filter_model',
  manufacturer: 'filter_manufacturer',
  device: 'filter_device',
  group: 'filter_group',
  task: 'filter_task',
  since: 'filter_since',
  before: 'filter_before',
  fail: 'filter_fail',
  sort: 'filter_sort',
  size: 'filter_size',
  private: 'filter_private',
  more: 'filter_more',
} as const satisfies Readonly<Record<FormField | 'sort' | 'size' | 'private', string>>;

type Control = keyof typeof CONTROLS;

const LABELS: Readonly<Record<TextField, string>> = {
  devicetype: 'Device type',
  model: 'Model',
  manufacturer: 'Manufacturer',
  device: 'Device ids',
  group: 'Device groups',
  task: 'Task ids',
};

/** A list question as a modal, with a control for every field of the grammar. */
export function filterModal(form: FilterForm, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: FILTER_MODAL,
    title: { type: 'plain_text', text: 'Filter upgrade tasks' },
    submit: { type: 'plain_text', text: 'Show' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: metadata,
    blocks: [
      boxes('status', 'Status', statusOptions(), form.status),
      boxes(
        'type',
        'Type',
        KNOWN_TYPES.map((type) => option(typeLabel({ type, typeWord: null }), type)),
        form.type,
      ),
      ...TEXT_FIELDS.map((field) => line(field, LABELS[field], form.texts[field], 'A comma means or')),
      line('since', 'Created since', form.since, '2d, 6h, 2024-03-11 or 2024-03-11T06:05'),
      line('before', 'Created before', form.before, '2d, 6h, 2024-03-11 or 2024-03-11T06:05'),
      line('fail', 'Failed devices', form.fail, '>5% for their share, >=10 for their number'),
      select('sort', 'Order', SORTS, form.sort ?? ANY_ORDER),
      select(
        'size',
        'Tasks a page',
        sizesWith(form.size).map((size) => option(String(size), String(size))),
        String(form.size),
      ),
      boxes('private', 'Answer', [option('Only to me', 'private')], form.private ? ['private'] : []),
      line('more', 'More terms', form.more, 'As on a line: -model:WM20 -failed; a minus means not'),
    ],
  };
}

/** No order requested: whatever answers fastest. */
const ANY_ORDER = 'any';
const SORTS = [
  option('Whatever answers fastest', ANY_ORDER),
  option('Newest first', 'created'),
  option('Most failed devices first', 'failed'),
];

function statusOptions(): readonly PlainTextOption[] {
  return KNOWN_STATUSES.map((status) => option(status, status));
}

function option(text: string, value: string): PlainTextOption {
  return { text: { type: 'plain_text', text }, value };
}

function input(control: Control, label: string, element: InputBlock['element'], hint?: string): InputBlock {
  return {
    type: 'input',
    block_id: CONTROLS[control],
    optional: true,
    label: { type: 'plain_text', text: label },
    element,
    ...(hint !== undefined && { hint: { type: 'plain_text' as const, text: hint } }),
  };
}

function line(control: Control, label: string, text: string, hint: string): InputBlock {
  const element = {
    type: 'plain_text_input' as const,
    action_id: CONTROLS[control],
    max_length: 3_000,
    ...(text !== '' && { initial_value: text }),
  };
  return input(control, label, element, hint);
}

function boxes(
  control: Control,
  label: string,
  options: readonly PlainTextOption[],
  chosen: readonly string[],
): InputBlock {
  const initial = options.filter(({ value }) => chosen.includes(value ?? ''));
  return input(control, label, {
    type: 'checkboxes',
    action_id: CONTROLS[control],
    options: [...options],
    // Slack refuses an empty list here.
    ...(initial.length > 0 && { initial_options: initial }),
  });
}

function select(
  control: Control,
  label: string,
  options: readonly PlainTextOption[],
  chosen: string,
): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return input(control, label, {
    type: 'static_select',
    action_id: CONTROLS[control],
    options: [...options],
    ...(initial && { initial_option: initial }),
  });
}
