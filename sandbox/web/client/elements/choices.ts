import type { JsonObject } from '../../../workspace/json.ts';
import { asObject, asObjects, asString } from '../../../workspace/json.ts';
import type { Snapshot } from '../../contract.ts';
import { type FieldValue, optionGroups } from '../shown/fields.ts';
import { channelName } from '../shown/names.ts';
import { plainText } from '../text/plain-text.ts';

/** Something that can be chosen. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  /** The heading it stands under; empty without. */
  readonly group: string;
}

/** What a select offers: its own options, or the people or channels of the workspace. */
export function choicesOf(
  element: JsonObject,
  { people, channels }: Pick<Snapshot, 'people' | 'channels'>,
): readonly Choice[] {
  const type = asString(element.type).replace(/^multi_/, '');
  if (type === 'users_select')
    return people.map(({ id, realName }) => ({ value: id, text: realName, group: '' }));
  if (type === 'channels_select' || type === 'conversations_select') {
    const offered = channels.filter(({ kind }) => type === 'conversations_select' || kind !== 'direct');
    return offered.map((one) => ({ value: one.id, text: channelName(one), group: '' }));
  }
  return optionGroups(element).flatMap(({ label, options }) =>
    options.map((option) => ({ value: asString(option.value), text: plainText(option.text), group: label })),
  );
}

/** The values an element holds: those that were chosen, else those it was sent with. */
export function chosenValues(element: JsonObject, value: FieldValue | undefined): readonly string[] {
  if (value !== undefined) return typeof value === 'string' ? [value].filter(Boolean) : value;
  const initial = Object.entries(element).find(([key]) => key.startsWith('initial_'))?.[1];
  if (typeof initial === 'string') return [initial];
  if (typeof initial === 'number') return [String(initial)];
  if (!Array.isArray(initial)) return [asString(asObject(initial).value)].filter(Boolean);
  return initial.every((one) => typeof one === 'string')
    ? initial
    : asObjects(initial).map((one) => asString(one.value));
}
