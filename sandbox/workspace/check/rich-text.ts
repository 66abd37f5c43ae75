import type { JsonObject } from '../json.ts';
import type { Check } from './context.ts';
import { checkList, checkString, report } from './context.ts';

const INLINE = [
  'text',
  'link',
  'emoji',
  'user',
  'usergroup',
  'channel',
  'team',
  'broadcast',
  'color',
  'date',
];
const PARTS = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
const MANY = { min: 0, max: 1000 };

/** `rich_text`: known parts holding known inline elements. */
export function checkRichText(check: Check, pointer: string, block: JsonObject): void {
  for (const [place, part] of checkList(check, `${pointer}/elements`, block.elements, {
    min: 1,
    max: 1000,
  })) {
    if (!PARTS.includes(String(part.type)))
      report(check, `${place}/type`, `unknown part ${String(part.type)}`);
    else if (part.type === 'rich_text_list') checkListPart(check, place, part);
    else checkInline(check, place, part);
  }
}

function checkListPart(check: Check, pointer: string, part: JsonObject): void {
  if (part.style !== 'bullet' && part.style !== 'ordered')
    report(check, `${pointer}/style`, 'must be bullet or ordered');
  for (const [place, item] of checkList(check, `${pointer}/elements`, part.elements, MANY)) {
    if (item.type !== 'rich_text_section') report(check, `${place}/type`, 'must be rich_text_section');
    else checkInline(check, place, item);
  }
}

function checkInline(check: Check, pointer: string, part: JsonObject): void {
  for (const [place, element] of checkList(check, `${pointer}/elements`, part.elements, MANY)) {
    const type = String(element.type);
    if (!INLINE.includes(type)) report(check, `${place}/type`, `unknown inline element ${type}`);
    if (type === 'text') checkString(check, `${place}/text`, element.text, { max: 40_000, required: true });
    if (type === 'date' && typeof element.timestamp !== 'number')
      report(check, `${place}/timestamp`, 'must be a number');
    if (type === 'date') checkString(check, `${place}/format`, element.format, { max: 1000, required: true });
  }
}
