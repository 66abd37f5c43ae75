import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import { cut, visible } from './text.ts';

/** A message for every surface; `text` holds everything, for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

const SECTION_LIMIT = 3_000;

/** A mrkdwn section without automatic links. Text that is too long is cut without breaking markup. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: fitLines(text, SECTION_LIMIT), verbatim: true } };
}

/** A section with up to ten short label and value pairs side by side. */
export function fields(pairs: readonly (readonly [label: string, value: string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, 10).map(([label, value]) => ({
      type: 'mrkdwn' as const,
      text: fitLines(`*${label}*\n${value}`, 2_000),
      verbatim: true,
    })),
  };
}

/** A line of small grey text. */
export function context(text: string): KnownBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: fitLines(text, SECTION_LIMIT), verbatim: true }],
  };
}

/** A heading of plain text from outside. Slack rejects an empty one. */
export function header(text: string): KnownBlock {
  const shown = visible(text).trim();
  return {
    type: 'header',
    text: { type: 'plain_text', text: shown === '' ? '-' : cut(shown, 150), emoji: false },
  };
}

export interface ButtonLook {
  readonly actionId: string;
  readonly label: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
}

/** A button. The label is ours; the value may be anything that fits. */
export function button({ actionId, label, value, style }: ButtonLook): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text: cut(label, 75), emoji: true },
    value,
    ...(style && { style }),
  };
}

/** A row of buttons without the null entries; empty if none are left. */
export function buttons(...looks: readonly (ButtonLook | null)[]): readonly KnownBlock[] {
  const elements = looks.filter((look) => look !== null).map(button);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Lines in as many sections as needed, each line whole. */
export function sections(lines: readonly string[]): readonly SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines.map((one) => fitLines(one, SECTION_LIMIT))) {
    const joined = `${texts.at(-1)}\n${line}`;
    if (texts.length > 0 && [...joined].length <= SECTION_LIMIT) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts.map(section);
}

/** What must not be split: dates, escaped characters, code spans. */
const PIECES = /<[^>]*>|&[a-z]+;|`[^`]*`|[\s\S]/gu;

/** Cuts whole lines off the end. A line that is too long by itself is cut, but never inside markup. */
export function fitLines(text: string, limit: number): string {
  if ([...text].length <= limit) return text;
  let kept = '';
  let room = limit - 2;
  for (const [index, line] of text.split('\n').entries()) {
    const next = index === 0 ? line : `\n${line}`;
    const length = [...next].length;
    if (length > room) {
      if (length > limit) kept += firstPieces(next, room);
      break;
    }
    kept += next;
    room -= length;
  }
  return kept.includes('\n') ? `${kept}\n…` : `${kept}…`;
}

function firstPieces(text: string, room: number): string {
  let kept = '';
  let left = room;
  for (const [piece] of text.matchAll(PIECES)) {
    left -= [...piece].length;
    if (left < 0) break;
    kept += piece;
  }
  return kept;
}
