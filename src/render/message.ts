import type { KnownBlock, SectionBlock } from '@slack/types';
import { cut } from './text.ts';

/** A message as every surface takes it: `text` tells the whole story to notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

const SECTION_LIMIT = 3_000;

/** A section of mrkdwn in which Slack turns nothing into a link by itself. Longer text is cut at a line's end. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: fit(text, SECTION_LIMIT), verbatim: true } };
}

/** A section with up to ten short pairs beside each other. */
export function fields(pairs: readonly (readonly [label: string, value: string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, 10).map(([label, value]) => ({
      type: 'mrkdwn' as const,
      text: fit(`*${label}*\n${value}`, 2_000),
      verbatim: true,
    })),
  };
}

/** A line of small grey text. */
export function context(text: string): KnownBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: fit(text, SECTION_LIMIT), verbatim: true }] };
}

export function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, 150), emoji: true } };
}

export interface ButtonLook {
  readonly actionId: string;
  readonly label: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
}

/** A row of buttons. Null entries are left out; with none left there is no row. */
export function buttons(...looks: readonly (ButtonLook | null)[]): readonly KnownBlock[] {
  const elements = looks
    .filter((look) => look !== null)
    .map(({ actionId, label, value, style }) => ({
      type: 'button' as const,
      action_id: actionId,
      text: { type: 'plain_text' as const, text: cut(label, 75), emoji: true },
      value,
      ...(style && { style }),
    }));
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Cuts whole lines off the end, so that no escaped character, date or code span is ever cut in two. */
function fit(text: string, limit: number): string {
  if ([...text].length <= limit) return text;
  const lines = text.split('\n');
  const kept: string[] = [];
  let length = 2;
  for (const line of lines) {
    length += [...line].length + 1;
    if (length > limit) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n…`;
}
