import type { JsonObject } from '../../../workspace/json.ts';
import { asObject, asObjects, asString } from '../../../workspace/json.ts';
import type { FoundElement } from '../../../workspace/people/find-element.ts';
import { elementsOf, labelOf, withBlockIds } from '../../../workspace/people/find-element.ts';
import { heldBy } from '../../../workspace/people/view-state.ts';

/** What was typed or chosen in an element. */
export type FieldValue = string | readonly string[];
/** By block and action id; what nobody touched is not in it and holds what the block says. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The name of a field: in Slack the same block and action id keep what was typed when a view changes. */
export function fieldKey(blockId: string, element: JsonObject): string {
  return `${blockId}\n${asString(element.action_id)}`;
}

/** Which element a press is meant for; several may share an action id, and are then told apart by value and label. */
export function targetOf(element: JsonObject): { actionId: string; label?: string; value?: string } {
  const label = labelOf(element);
  return {
    actionId: asString(element.action_id),
    ...(label !== '' && { label }),
    ...(typeof element.value === 'string' && { value: element.value }),
  };
}

/** The touched fields of a view as acts name them: by action id, or by block id where several share that. */
export function filledOf(blocks: readonly JsonObject[], values: FieldValues): Record<string, FieldValue> {
  const all = elementsOf(blocks);
  return Object.fromEntries(
    all.flatMap(({ blockId, element }): [string, FieldValue][] => {
      const value = values[fieldKey(blockId, element)];
      if (value === undefined) return [];
      const shared = all.filter((one) => one.element.action_id === element.action_id).length > 1;
      return [[shared ? blockId : asString(element.action_id), value]];
    }),
  );
}

/** What Slack itself refuses before the bot is asked, by block id. */
export function incomplete(blocks: readonly JsonObject[], values: FieldValues): Record<string, string> {
  return Object.fromEntries(
    withBlockIds(blocks).flatMap((block): [string, string][] => {
      if (block.type !== 'input') return [];
      const found = { blockId: asString(block.block_id), element: asObject(block.element) };
      const words = complaint(found, block.optional === true, values);
      return words === null ? [] : [[found.blockId, words]];
    }),
  );
}

function complaint(
  { blockId, element }: FoundElement,
  optional: boolean,
  values: FieldValues,
): string | null {
  const value = textOf(element, values[fieldKey(blockId, element)]);
  if (value === '') return optional ? null : 'Please complete this required field.';
  const { type, min_length: least } = element;
  if (type === 'plain_text_input' && typeof least === 'number' && value.length < least)
    return `Please enter at least ${least} characters.`;
  return type === 'number_input' && Number.isNaN(Number(value)) ? 'Please enter a number.' : null;
}

/** What a field holds as text, empty when it holds nothing. */
function textOf(element: JsonObject, value: FieldValue | undefined): string {
  if (value !== undefined) return typeof value === 'string' ? value.trim() : value.join(' ');
  const { type: _, ...held } = heldBy(element);
  const [content = null] = Object.values(held);
  if (Array.isArray(content)) return content.length === 0 ? '' : 'chosen';
  if (typeof content === 'string') return content.trim();
  return content === null ? '' : 'chosen';
}

/** The options of an element with the headings they stand under. */
export function optionGroups(
  element: JsonObject,
): readonly { label: string; options: readonly JsonObject[] }[] {
  const groups = asObjects(element.option_groups).map((group) => ({
    label: asString(asObject(group.label).text),
    options: asObjects(group.options),
  }));
  return groups.length > 0 ? groups : [{ label: '', options: asObjects(element.options) }];
}
