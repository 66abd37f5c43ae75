import { expect } from '@jest/globals';
import { checkMessage } from '../../sandbox/workspace/api/check-blocks.ts';
import { asObject, isObject, type Json, parseJson } from '../../sandbox/workspace/json.ts';
import type { Message } from '../../src/render/blocks/message.ts';

/** Text with everything in it that could mention, link, format, fake a line or hide; `evil` is what would be shown so. */
export const HOSTILE =
  '> evil <!channel> <@U0EVIL> <!subteam^S1> <https://evil.example|click> *evil* _evil_ ~evil~ `evil` ```evil``` &lt;!here&gt; \nEVIL line\r\u2028EVIL line \u202eevil\u202c \u061c\u0007 {"a":1} 🚨👩‍🚀\ud83d';

/** Own dates are the only markup between angle brackets that we send. */
const OWN_DATES =
  /<!date\^\d+\^\{date_short_pretty\} \{time(?:_secs)?\}\|\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC>/g;

/** Every mrkdwn text of a message, and its `text`, which notifications show. */
export function markdownOf(message: Message): readonly string[] {
  return [message.text, ...mrkdwn(asObject(parseJson(JSON.stringify(message))))];
}

function mrkdwn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwn);
  if (!isObject(value)) return [];
  if (value.type === 'mrkdwn') return [String(value.text)];
  return Object.values(value).flatMap(mrkdwn);
}

/** Every plain text of a message: headings, labels of buttons. */
export function plainTextOf(message: Message): readonly string[] {
  const found = (value: Json): readonly string[] => {
    if (Array.isArray(value)) return value.flatMap(found);
    if (!isObject(value)) return [];
    if (value.type === 'plain_text') return [String(value.text)];
    return Object.values(value).flatMap(found);
  };
  return found(asObject(parseJson(JSON.stringify(message))));
}

/** Everything people read in a message, in one text. */
export function readable(message: Message): string {
  return [...markdownOf(message), ...plainTextOf(message)].join('\n');
}

/**
 * Slack takes it, it says something without blocks, and nothing in it from outside mentions, links or formats. `calls` are
 * the mentions that are meant, as Slack writes them.
 */
export function expectSound(message: Message, calls: readonly string[] = []): void {
  expect(checkMessage(asObject(parseJson(JSON.stringify(message))), 4_000)).toEqual([]);
  expect(message.text.trim()).not.toBe('');
  for (const text of markdownOf(message)) {
    const meant = calls.reduce((rest, call) => rest.replaceAll(call, ''), text);
    expect(meant.replaceAll(OWN_DATES, '')).not.toMatch(/[<>]/);
    // An ampersand always stands for itself or a bracket: nothing is cut in the middle of it.
    expect(text.replaceAll(/&(amp|lt|gt);/g, '')).not.toContain('&');
    expect(text.replaceAll('\n', '')).not.toMatch(
      /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
    );
    expect(text).not.toMatch(/^(EVIL|&gt;)/m);
    const bare = text.replaceAll(/`[^`]*`/g, '');
    expect(bare).not.toMatch(/[*_~`]evil|evil[*_~`]/);
  }
  for (const text of plainTextOf(message)) {
    expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
  }
}
