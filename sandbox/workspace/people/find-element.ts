import type { Json, JsonObject } from '../json.ts';
import { asObject, asObjects, asString, isObject } from '../json.ts';

/** An element that can be used, with the id of its block. */
export interface FoundElement {
  readonly blockId: string;
  readonly element: JsonObject;
}

/** What to press: by `actionId`, by the `label` a person reads, or both. */
export interface Target {
  readonly actionId?: string;
  readonly label?: string;
  /** A button's value, where several buttons share the rest. */
  readonly value?: string;
}

/** Slack gives every block an id; those that were sent without one are named by their place. */
export function withBlockIds(blocks: readonly JsonObject[]): readonly JsonObject[] {
  return blocks.map((block, index) => ({
    ...block,
    block_id: asString(block.block_id) || `sandbox-${index}`,
  }));
}

/** Every element with an action id, in reading order. */
export function elementsOf(blocks: readonly JsonObject[]): readonly FoundElement[] {
  return withBlockIds(blocks).flatMap((block) => inside(block, asString(block.block_id)));
}

/** The one element that fits, or an error that names what there is. */
export function findElement(blocks: readonly JsonObject[], target: Target): FoundElement {
  const all = elementsOf(blocks);
  const fitting = all.filter(({ element }) => {
    if (target.actionId !== undefined && element.action_id !== target.actionId) return false;
    if (target.value !== undefined && element.value !== undefined && element.value !== target.value)
      return false;
    return target.label === undefined || labelOf(element) === target.label;
  });
  const [found] = fitting;
  if (found && fitting.length === 1) return found;
  const there =
    all.map(({ element }) => `${asString(element.action_id)} "${labelOf(element)}"`).join(', ') || 'nothing';
  const wanted = JSON.stringify(target);
  throw new Error(`${fitting.length} elements fit ${wanted}; there is ${there}`);
}

/** What a person reads on an element. */
export function labelOf(element: JsonObject): string {
  return asString(asObject(element.text).text) || asString(asObject(element.placeholder).text);
}

function inside(value: Json, blockId: string): readonly FoundElement[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => inside(item, blockId));
  if (!isObject(value)) return [];
  const own = value.action_id === undefined ? [] : [{ blockId, element: value }];
  const childId = asString(value.block_id) || blockId;
  return [...own, ...Object.values(value).flatMap((child) => inside(child, childId))];
}

/** The option with this value or this text; an unknown one is an error that names the others. */
export function optionOf(element: JsonObject, wanted: string): JsonObject {
  const options = [element, ...asObjects(element.option_groups)].flatMap((holder) =>
    asObjects(holder.options),
  );
  const found = options.find((one) => one.value === wanted || asString(asObject(one.text).text) === wanted);
  if (found) return found;
  // An external select has no options of its own: what the person chose came from the bot's suggestions.
  if (options.length === 0) return { text: { type: 'plain_text', text: wanted }, value: wanted };
  throw new Error(`no option ${wanted}; there are ${options.map((one) => asString(one.value)).join(', ')}`);
}
