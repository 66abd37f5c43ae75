import type { JsonObject } from '../../sandbox/workspace/json.ts';
import type { Readable } from '../../sandbox/workspace/types.ts';
import { ACTIONS } from '../../src/render/blocks/actions.ts';

const SLACK_DATE = /<!date\^[^>]*>/g;
const UTC = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g;
const LATE = /, told [^·"\n]*? later/g;
const DURATION = /\b\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min|s)\b)?/g;
/** How long a task ran, in a few words or, below a minute, in a warning of its own. */
const RAN = /(?:,| ·) ran <duration>|\s*Ended after <duration>, suspiciously fast[^.]*\./g;
/** What failed devices said. It is read when there is time for it, so a notification may go out without. */
const REASONS = / Reasons(?:, of [^:]*)?: .*$/gm;
const REASONS_BUTTON = ACTIONS.taskReasons;
const REASONS_BLOCK = /^(?:Reasons|Failed devices)\b/;

/**
 * A text without what may differ between two bots that tell the same: moments and lengths of time (one that was killed
 * tells a little later), how late a notification says it is (only beyond some minutes), and the reasons of failed devices.
 */
export function steadyText(text: string): string {
  return text
    .replaceAll(SLACK_DATE, '<time>')
    .replaceAll(UTC, '<time>')
    .replaceAll(LATE, '')
    .replaceAll(DURATION, '<duration>')
    .replaceAll(RAN, '')
    .replaceAll(REASONS, '');
}

/** Everything a message shows, in the same way, as one text. */
export function steadyContent({ text, blocks, attachments }: Readable): string {
  const shown = [text, blocks.filter((block) => !REASONS_BLOCK.test(textOf(block))), attachments];
  return JSON.stringify(shown, (_name, value: unknown) => {
    if (typeof value === 'string') return steadyText(value);
    return Array.isArray(value) ? value.filter((one) => !isReasonsButton(one)) : value;
  });
}

/** Offered where reasons are known. */
function isReasonsButton(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'action_id') === REASONS_BUTTON;
}

function textOf(block: JsonObject): string {
  const { text } = block;
  const inner: unknown = typeof text === 'object' && text !== null && Reflect.get(text, 'text');
  return typeof inner === 'string' ? inner : '';
}
