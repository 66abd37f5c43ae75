import { get } from 'node-emoji';
import type { Json } from '../../../workspace/json.ts';
import { asObject, asString } from '../../../workspace/json.ts';

/** The words of a `plain_text` object, emoji names in it as emoji unless it says otherwise. */
export function plainText(value: Json | undefined): string {
  const object = asObject(value);
  const text = asString(object.text);
  return object.emoji === false ? text : withEmoji(text);
}

/** Known emoji names as emoji; others stay as they are. */
export function withEmoji(text: string): string {
  return text.replaceAll(/:([a-z0-9_+'-]+):/g, (whole: string, name: string) => get(name) ?? whole);
}
