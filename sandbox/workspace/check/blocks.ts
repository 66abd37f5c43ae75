import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Check, Surface } from './context.ts';
import { checkList, checkString, checkText, checkUnique, report } from './context.ts';
import { checkChart, checkDataTable, checkTable } from './data-blocks.ts';
import { checkElement, checkImage } from './elements.ts';
import { checkRichText } from './rich-text.ts';

type BlockCheck = (check: Check, pointer: string, block: JsonObject) => void;

/** M message, D modal, H home; contested cells take the cautious value. */
const RULES: ReadonlyMap<string, { readonly on: string; readonly check: BlockCheck }> = new Map([
  ['section', { on: 'MDH', check: checkSection }],
  ['header', { on: 'MDH', check: checkHeader }],
  ['context', { on: 'MDH', check: checkContext }],
  ['actions', { on: 'MDH', check: (c: Check, p: string, b: JsonObject) => checkActions(c, p, b, 25) }],
  ['divider', { on: 'MDH', check: () => {} }],
  ['image', { on: 'MDH', check: checkImageBlock }],
  ['input', { on: 'MDH', check: checkInput }],
  ['rich_text', { on: 'MDH', check: checkRichText }],
  ['video', { on: 'MDH', check: () => {} }],
  ['markdown', { on: 'M', check: checkMarkdown }],
  ['table', { on: 'M', check: checkTable }],
  ['data_table', { on: 'M', check: checkDataTable }],
  ['data_visualization', { on: 'M', check: checkChart }],
  ['alert', { on: 'D', check: checkAlert }],
  ['card', { on: 'MH', check: checkCard }],
  ['carousel', { on: 'MH', check: checkCarousel }],
  ['container', { on: 'M', check: checkContainer }],
  ['context_actions', { on: 'M', check: checkContextActions }],
  ['task_card', { on: 'M', check: checkTaskCard }],
  ['plan', { on: 'M', check: checkPlan }],
]);

const IN_CONTAINER = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];
const LETTER: Readonly<Record<Surface, string>> = { message: 'M', modal: 'D', home: 'H' };

/** One block: a known type, allowed on this surface, and inside its limits. */
export function checkBlock(check: Check, pointer: string, block: JsonObject): void {
  const type = String(block.type);
  const rule = RULES.get(type);
  if (!rule) {
    report(check, `${pointer}/type`, `unknown block type ${type}`);
    return;
  }
  if (!rule.on.includes(LETTER[check.surface]))
    report(check, `${pointer}/type`, `${type} is not allowed in a ${check.surface}`);
  checkString(check, `${pointer}/block_id`, block.block_id, { max: 255 });
  rule.check(check, pointer, block);
}

function checkSection(check: Check, pointer: string, block: JsonObject): void {
  if (block.text === undefined && block.fields === undefined) report(check, pointer, 'needs text or fields');
  checkText(check, `${pointer}/text`, block.text, { max: 3000 });
  if (block.fields !== undefined) {
    for (const [place, field] of checkList(check, `${pointer}/fields`, block.fields, { min: 1, max: 10 })) {
      checkText(check, place, field, { max: 2000, required: true });
    }
  }
  if (isObject(block.accessory) && block.accessory.type === 'image') {
    checkImage(check, `${pointer}/accessory`, block.accessory);
  } else if (block.accessory !== undefined) checkElement(check, `${pointer}/accessory`, block.accessory);
}

function checkHeader(check: Check, pointer: string, block: JsonObject): void {
  checkText(check, `${pointer}/text`, block.text, { max: 150, required: true, plain: true });
}

function checkContext(check: Check, pointer: string, block: JsonObject): void {
  for (const [place, element] of checkList(check, `${pointer}/elements`, block.elements, {
    min: 1,
    max: 10,
  })) {
    if (element.type === 'image') checkImage(check, place, element);
    else checkText(check, place, element, { max: 3000, required: true });
  }
}

function checkActions(
  check: Check,
  pointer: string,
  block: JsonObject,
  max: number,
  allowed?: readonly string[],
): void {
  const elements = checkList(check, `${pointer}/elements`, block.elements, { min: 1, max });
  for (const [place, element] of elements) checkElement(check, place, element, allowed);
  checkUnique(
    check,
    elements.map(([place, element]) => [`${place}/action_id`, element.action_id] as const),
    'action_id',
  );
}

function checkContextActions(check: Check, pointer: string, block: JsonObject): void {
  checkActions(check, pointer, block, 5, ['feedback_buttons', 'icon_button']);
}

function checkImageBlock(check: Check, pointer: string, block: JsonObject): void {
  checkImage(check, pointer, block);
  checkText(check, `${pointer}/title`, block.title, { max: 2000, plain: true });
}

function checkInput(check: Check, pointer: string, block: JsonObject): void {
  checkText(check, `${pointer}/label`, block.label, { max: 2000, required: true, plain: true });
  checkText(check, `${pointer}/hint`, block.hint, { max: 2000, plain: true });
  checkElement(check, `${pointer}/element`, block.element);
}

function checkMarkdown(check: Check, pointer: string, block: JsonObject): void {
  checkString(check, `${pointer}/text`, block.text, { max: 12_000, required: true });
}

function checkAlert(check: Check, pointer: string, block: JsonObject): void {
  checkText(check, `${pointer}/text`, block.text, { max: 200, required: true });
  const levels = ['default', 'info', 'warning', 'error', 'success'];
  if (block.level !== undefined && !levels.includes(String(block.level)))
    report(check, `${pointer}/level`, 'unknown level');
}

function checkCard(check: Check, pointer: string, block: JsonObject): void {
  const parts = [block.hero_image, block.title, block.actions, block.body];
  if (parts.every((part) => part === undefined))
    report(check, pointer, 'needs a hero image, title, actions or body');
  checkText(check, `${pointer}/title`, block.title, { max: 150 });
  checkText(check, `${pointer}/subtitle`, block.subtitle, { max: 150 });
  checkText(check, `${pointer}/body`, block.body, { max: 200 });
  if (block.actions === undefined) return;
  for (const [place, action] of checkList(check, `${pointer}/actions`, block.actions, { min: 1, max: 3 })) {
    checkElement(check, place, action, ['button']);
  }
}

function checkCarousel(check: Check, pointer: string, block: JsonObject): void {
  for (const [place, card] of checkList(check, `${pointer}/elements`, block.elements, { min: 1, max: 10 })) {
    checkCard(check, place, card);
  }
}

function checkContainer(check: Check, pointer: string, block: JsonObject): void {
  checkText(check, `${pointer}/title`, block.title, { max: 150 });
  checkText(check, `${pointer}/subtitle`, block.subtitle, { max: 150 });
  for (const [place, child] of checkList(check, `${pointer}/child_blocks`, block.child_blocks, {
    min: 1,
    max: 10,
  })) {
    if (!IN_CONTAINER.includes(String(child.type)))
      report(check, `${place}/type`, 'is not allowed in a container');
    else checkBlock(check, place, child);
  }
}

function checkTaskCard(check: Check, pointer: string, block: JsonObject): void {
  checkString(check, `${pointer}/task_id`, block.task_id, { max: 255, required: true });
  checkString(check, `${pointer}/title`, block.title, { max: 3000, required: true });
  const states = ['pending', 'in_progress', 'complete', 'error'];
  if (block.status !== undefined && !states.includes(String(block.status)))
    report(check, `${pointer}/status`, 'unknown status');
}

function checkPlan(check: Check, pointer: string, block: JsonObject): void {
  checkString(check, `${pointer}/title`, block.title, { max: 3000, required: true });
  if (block.tasks === undefined) return;
  for (const [place, task] of checkList(check, `${pointer}/tasks`, block.tasks, { min: 0, max: 50 })) {
    checkTaskCard(check, place, task);
  }
}
