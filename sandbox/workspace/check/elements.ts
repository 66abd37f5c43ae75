import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Check, Surface } from './context.ts';
import { checkList, checkString, checkText, report } from './context.ts';

type ElementRule = {
  readonly on: string;
  readonly check: (check: Check, pointer: string, element: JsonObject) => void;
};

const OPTIONS_100 = { min: 1, max: 100 };
const SELECT: ElementRule = { on: 'MDH', check: checkSelect };
const PICKER: ElementRule = { on: 'MDH', check: () => {} };
const SOURCES = ['static', 'external', 'users', 'channels', 'conversations'];
const LETTER: Readonly<Record<Surface, string>> = { message: 'M', modal: 'D', home: 'H' };

const RULES: ReadonlyMap<string, ElementRule> = new Map<string, ElementRule>([
  ['button', { on: 'MDH', check: checkButton }],
  [
    'overflow',
    { on: 'MDH', check: (c, p, e) => checkOptions(c, `${p}/options`, e.options, { min: 1, max: 5 }) },
  ],
  ...SOURCES.map((source) => [`${source}_select`, SELECT] as const),
  ...SOURCES.map((source) => [`multi_${source}_select`, SELECT] as const),
  ['checkboxes', { on: 'MDH', check: checkChoices }],
  ['radio_buttons', { on: 'MDH', check: checkChoices }],
  ['datepicker', PICKER],
  ['timepicker', PICKER],
  ['datetimepicker', { on: 'MD', check: () => {} }],
  ['plain_text_input', { on: 'MDH', check: checkTextInput }],
  ['email_text_input', { on: 'D', check: () => {} }],
  ['url_text_input', { on: 'D', check: () => {} }],
  ['number_input', { on: 'D', check: checkNumberInput }],
  ['file_input', { on: 'D', check: () => {} }],
  ['rich_text_input', { on: 'DH', check: () => {} }],
  ['workflow_button', { on: 'M', check: (c, p, e) => checkText(c, `${p}/text`, e.text, LABEL) }],
  ['feedback_buttons', { on: 'M', check: checkFeedback }],
  ['icon_button', { on: 'M', check: (c, p, e) => checkText(c, `${p}/text`, e.text, LABEL) }],
]);

const LABEL = { max: 75, required: true, plain: true };

/** One interactive element: known, allowed here, and inside its limits. */
export function checkElement(
  check: Check,
  pointer: string,
  value: Json | undefined,
  allowed?: readonly string[],
): void {
  if (!isObject(value)) {
    report(check, pointer, 'must be an element');
    return;
  }
  const type = String(value.type);
  const rule = RULES.get(type);
  if (!rule) {
    report(check, `${pointer}/type`, `unknown element type ${type}`);
    return;
  }
  if (!rule.on.includes(LETTER[check.surface]) || (allowed && !allowed.includes(type))) {
    report(check, `${pointer}/type`, `${type} is not allowed here`);
  }
  checkString(check, `${pointer}/action_id`, value.action_id, { max: 255 });
  checkConfirm(check, `${pointer}/confirm`, value.confirm);
  checkText(check, `${pointer}/placeholder`, value.placeholder, { max: 150, plain: true });
  rule.check(check, pointer, value);
}

/** An image, as an accessory or inside a context: a description and exactly one source. */
export function checkImage(check: Check, pointer: string, image: JsonObject): void {
  checkString(check, `${pointer}/alt_text`, image.alt_text, { max: 2000, required: true });
  checkString(check, `${pointer}/image_url`, image.image_url, { max: 3000 });
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    report(check, pointer, 'needs either image_url or slack_file');
  }
}

function checkButton(check: Check, pointer: string, button: JsonObject): void {
  checkText(check, `${pointer}/text`, button.text, LABEL);
  checkString(check, `${pointer}/value`, button.value, { max: 2000 });
  checkString(check, `${pointer}/url`, button.url, { max: 3000 });
  checkString(check, `${pointer}/accessibility_label`, button.accessibility_label, { max: 75 });
  if (button.style !== undefined && button.style !== 'primary' && button.style !== 'danger') {
    report(check, `${pointer}/style`, 'must be primary or danger');
  }
}

function checkSelect(check: Check, pointer: string, select: JsonObject): void {
  if (!String(select.type).includes('static')) return;
  if (select.option_groups === undefined) {
    checkOptions(check, `${pointer}/options`, select.options, OPTIONS_100);
    return;
  }
  for (const [place, group] of checkList(
    check,
    `${pointer}/option_groups`,
    select.option_groups,
    OPTIONS_100,
  )) {
    checkText(check, `${place}/label`, group.label, LABEL);
    checkOptions(check, `${place}/options`, group.options, OPTIONS_100);
  }
}

function checkChoices(check: Check, pointer: string, element: JsonObject): void {
  checkOptions(check, `${pointer}/options`, element.options, { min: 1, max: 10 });
}

function checkOptions(
  check: Check,
  pointer: string,
  value: Json | undefined,
  size: { min: number; max: number },
): void {
  for (const [place, option] of checkList(check, pointer, value, size)) {
    checkText(check, `${place}/text`, option.text, { max: 75, required: true });
    checkString(check, `${place}/value`, option.value, { max: 75 });
    checkText(check, `${place}/description`, option.description, { max: 75 });
    checkString(check, `${place}/url`, option.url, { max: 3000 });
  }
}

function checkTextInput(check: Check, pointer: string, input: JsonObject): void {
  checkString(check, `${pointer}/initial_value`, input.initial_value, { max: 3000 });
  const longest = Number(input.max_length ?? 3000);
  if (!(longest >= 1 && longest <= 3000)) report(check, `${pointer}/max_length`, 'must be 1 to 3000');
}

function checkNumberInput(check: Check, pointer: string, input: JsonObject): void {
  if (typeof input.is_decimal_allowed !== 'boolean')
    report(check, `${pointer}/is_decimal_allowed`, 'is missing');
}

function checkFeedback(check: Check, pointer: string, element: JsonObject): void {
  for (const side of ['positive_button', 'negative_button']) {
    const button = element[side];
    if (!isObject(button)) report(check, `${pointer}/${side}`, 'is missing');
    else checkText(check, `${pointer}/${side}/text`, button.text, LABEL);
  }
}

function checkConfirm(check: Check, pointer: string, value: Json | undefined): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    report(check, pointer, 'must be an object');
    return;
  }
  checkText(check, `${pointer}/title`, value.title, { max: 100, required: true, plain: true });
  checkText(check, `${pointer}/text`, value.text, { max: 300, required: true });
  checkText(check, `${pointer}/confirm`, value.confirm, { max: 30, required: true, plain: true });
  checkText(check, `${pointer}/deny`, value.deny, { max: 30, required: true, plain: true });
}
