import type { Json, JsonObject } from '../json.ts';
import { asObjects, asString } from '../json.ts';
import { elementsOf, optionOf } from './find-element.ts';

/** What a person fills in: by action id or by block id; lists for multiple choices. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

const SINGLE: Readonly<Record<string, string>> = {
  users_select: 'user',
  channels_select: 'channel',
  conversations_select: 'conversation',
  datepicker: 'date',
  timepicker: 'time',
};

/** What an element holds after a person chose or typed; without `given`, what it showed at first. */
export function heldBy(element: JsonObject, given?: string | readonly string[]): JsonObject {
  const type = asString(element.type);
  const list = typeof given === 'string' ? [given] : given;
  const one = list?.[0];
  const plain = SINGLE[type];
  if (plain) return { type, [`selected_${plain}`]: one ?? element[`initial_${plain}`] ?? null };
  if (type === 'datetimepicker') {
    return {
      type,
      selected_date_time: one === undefined ? (element.initial_date_time ?? null) : Number(one),
    };
  }
  if (type === 'checkboxes' || type === 'multi_static_select' || type === 'multi_external_select') {
    const chosen = list?.map((wanted) => optionOf(element, wanted)) ?? asObjects(element.initial_options);
    return { type, selected_options: chosen };
  }
  const many = /^multi_(users|channels|conversations)_select$/.exec(type)?.[1];
  if (many) return { type, [`selected_${many}`]: list ?? element[`initial_${many}`] ?? [] };
  if (['static_select', 'external_select', 'radio_buttons', 'overflow'].includes(type)) {
    return {
      type,
      selected_option: one === undefined ? (element.initial_option ?? null) : optionOf(element, one),
    };
  }
  return { type, value: one ?? element.initial_value ?? null };
}

/** `state.values` of a view or a message: every element that keeps something, by block and action id. */
export function stateOf(blocks: readonly JsonObject[], filled: Filled = {}): JsonObject {
  const values: Record<string, Record<string, Json>> = {};
  const used = new Set<string>();
  for (const { blockId, element } of elementsOf(blocks)) {
    const type = asString(element.type);
    if (type === 'button' || type === 'overflow' || type.endsWith('_button') || type === 'feedback_buttons')
      continue;
    const actionId = asString(element.action_id);
    for (const key of [actionId, blockId]) if (key in filled) used.add(key);
    values[blockId] = {
      ...values[blockId],
      [actionId]: heldBy(element, filled[actionId] ?? filled[blockId]),
    };
  }
  const unknown = Object.keys(filled).filter((key) => !used.has(key));
  if (unknown.length > 0)
    throw new Error(`there is no field ${unknown.join(', ')}; there are ${JSON.stringify(values)}`);
  return { values };
}
