import type { Json, JsonObject } from './json.ts';
import { asObject, asObjects, asString, isObject } from './json.ts';
import type { Readable } from './types.ts';

/**
 * What a person would read, as plain lines: the blocks, or the text where there are none. Dates show their fallback or the
 * UTC time, buttons stand in brackets, cells are parted by `|`.
 */
export function plainText(message: Partial<Readable>): string {
  const blocks = message.blocks ?? [];
  const attached = (message.attachments ?? []).flatMap((one) => [
    ...plainMrkdwn(asString(one.pretext) || '').split('\n'),
    ...plainBlocks(asObjects(one.blocks)),
    ...(one.blocks === undefined ? [plainMrkdwn(asString(one.text) || asString(one.fallback))] : []),
  ]);
  const own = blocks.length > 0 ? plainBlocks(blocks) : [plainMrkdwn(message.text ?? '')];
  return [...own, ...attached].filter((line) => line.trim() !== '').join('\n');
}

/** The blocks of a message, a modal or a home tab as plain lines. */
export function plainBlocks(blocks: readonly JsonObject[]): readonly string[] {
  return blocks.map(plainBlock).filter((line) => line !== '');
}

/** A view with its title and blocks as plain text. */
export function plainView(view: JsonObject): string {
  const title = textOf(view.title);
  const submit = textOf(view.submit);
  const lines = [title, ...plainBlocks(asObjects(view.blocks)), submit === '' ? '' : `[${submit}]`];
  return lines.filter((line) => line !== '').join('\n');
}

/** Slack's mrkdwn with its control sequences read aloud and `&amp;` and the like undone. */
export function plainMrkdwn(text: string): string {
  return text
    .replace(/<!date\^(\d+)\^[^>|]*(?:\|([^>]*))?>/g, (_all, seconds: string, fallback?: string) =>
      fallback ? fallback : new Date(Number(seconds) * 1000).toISOString(),
    )
    .replace(/<!subteam\^(\w+)(?:\|([^>]*))?>/g, (_all, id: string, label?: string) => `@${label ?? id}`)
    .replace(/<!(here|channel|everyone)(?:\|[^>]*)?>/g, '@$1')
    .replace(
      /<([@#])(\w+)(?:\|([^>]*))?>/g,
      (_all, sign: string, id: string, label?: string) => sign + (label || id),
    )
    .replace(/<([^>|]+)\|([^>]+)>/g, '$2')
    .replace(/<([^>|]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function plainBlock(block: JsonObject): string {
  switch (block.type) {
    case 'divider':
      return '---';
    case 'table':
    case 'data_table':
      return [textOf(block.caption), ...rows(block.rows)].filter((line) => line !== '').join('\n');
    case 'image':
      return `(${asString(block.alt_text)})`;
    case 'actions':
    case 'context_actions':
      return asObjects(block.elements).map(plainElement).join(' ');
    case 'context':
      return asObjects(block.elements).map(plainElement).join(' ');
    case 'rich_text':
      return asObjects(block.elements).map(richText).join('\n');
    case 'input':
      return `${textOf(block.label)}: ${plainElement(asObject(block.element))}`;
    case 'data_visualization':
      return `[chart ${textOf(block.title)}]`;
    default:
      return otherBlock(block);
  }
}

/** Sections, headers, alerts, cards, containers and what comes next: every text they carry, in reading order. */
function otherBlock(block: JsonObject): string {
  const texts = [
    block.rich_text_title,
    block.title,
    block.subtitle,
    block.text,
    block.body,
    block.details,
    block.output,
  ];
  const lists = [block.elements, block.child_blocks, block.tasks];
  const lines = [
    ...texts.map(textOf),
    ...asObjects(block.fields).map(textOf),
    ...lists.flatMap((list) => plainBlocks(asObjects(list))),
    asObjects(block.actions).map(plainElement).join(' '),
    isObject(block.accessory) ? plainElement(block.accessory) : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function plainElement(element: JsonObject): string {
  switch (element.type) {
    case 'mrkdwn':
    case 'plain_text':
      return textOf(element);
    case 'image':
      return `(${asString(element.alt_text)})`;
    case 'button':
    case 'workflow_button':
      return `[${textOf(element.text)}]`;
    case 'overflow':
      return `[... ${asObjects(element.options)
        .map((option) => textOf(option.text))
        .join(' / ')}]`;
    default: {
      const chosen = [element.initial_option, ...asObjects(element.initial_options)].map((one) =>
        textOf(asObject(one).text),
      );
      return `[${chosen.filter((one) => one !== '').join(', ') || asString(element.initial_value) || textOf(element.placeholder)}]`;
    }
  }
}

/** The text of a text object, of a cell, or of a bare string. */
function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return plainMrkdwn(value);
  if (!isObject(value)) return '';
  if (value.type === 'rich_text') return asObjects(value.elements).map(richText).join('\n');
  if (value.type === 'raw_number') return asString(value.text) || String(value.value ?? '');
  const text = asString(value.text);
  return value.type === 'mrkdwn' ? plainMrkdwn(text) : text;
}

function rows(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.map((row: Json) => asObjects(row).map(textOf).join(' | '));
}

function richText(element: JsonObject): string {
  const inner = asObjects(element.elements);
  switch (element.type) {
    case 'rich_text_list':
      return inner.map((item) => `- ${richText(item)}`).join('\n');
    case 'link':
      return asString(element.text) || asString(element.url);
    case 'emoji':
      return `:${asString(element.name)}:`;
    case 'user':
      return `@${asString(element.user_id)}`;
    case 'usergroup':
      return `@${asString(element.usergroup_id)}`;
    case 'channel':
      return `#${asString(element.channel_id)}`;
    case 'broadcast':
      return `@${asString(element.range)}`;
    case 'date':
      return asString(element.fallback) || new Date(Number(element.timestamp) * 1000).toISOString();
    case 'text':
      return asString(element.text);
    default:
      return inner.map(richText).join('');
  }
}
