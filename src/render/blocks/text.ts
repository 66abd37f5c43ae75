import type { Instant } from '../../lib/instant.ts';
import { LOOK_ALIKES } from '../../lib/look-alikes.ts';

/** Formatting marks, including their full-width forms. An underscore between letters or digits does nothing. */
const MARKS = /[*\uff0a~`\uff40]|(?<![\p{L}\p{N}])[_\uff3f]|[_\uff3f](?![\p{L}\p{N}])/gu;
/** A colon that starts an emoji name; colons in a time of day such as `12:05:30` do not. */
const EMOJI = /:(?!(?<=\d:)\d\d:\d\d)(?=[\p{L}\p{M}\p{N}_+'-]+:)/gu;
/** A line that starts with this is a quote, escaped or not. */
const QUOTE = /^\s*[>\uff1e]/;

/**
 * Text from outside for mrkdwn, so that nothing in it mentions, links or formats. `&`, `<` and `>` are escaped
 * (Slack: "Formatting message text"): every mention, link and date starts with `<`. Formatting marks have no
 * escape, so they become look-alikes. A zero-width space next to a mark would not disarm it; it would make it work
 * even inside words (yhatt/jsx-slack, "About escape and exact mode", tested in Slack). An invisible character
 * disarms quotes and emoji names, since an emoji could fake a status.
 */
export function plain(text: string): string {
  const unmarked = withoutMarks(visible(text), MARKS);
  const unquoted = unmarked.replace(QUOTE, (mark) => `\u00ad${mark}`);
  return escapeControl(unquoted.replaceAll(EMOJI, ':\u200b'));
}

/** Text from outside as a code span, where nothing is formatted. Backticks would end it and are replaced. */
export function code(text: string): string {
  const inside = escapeControl(withoutMarks(visible(text), /[`\uff40]/g));
  return inside.trim() === '' ? '`-`' : `\`${inside}\``;
}

function withoutMarks(text: string, marks: RegExp): string {
  return text.replaceAll(marks, (mark) => LOOK_ALIKES.get(mark.normalize('NFKC')) ?? '');
}

/** Text from outside for a `plain_text` object, which does not format and needs no escaping. */
export function visible(text: string): string {
  // Line breaks could fake lines of ours; control and direction characters could hide or reorder text.
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Truncates to a number of code points, never inside one; an ellipsis marks the cut. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}

/** A time in the reader's zone, to the minute; clients that cannot show it fall back to UTC. */
export function date(at: Instant): string {
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty} {time}|${utc(at)}>`;
}

/** A time in the reader's zone, to the second. */
export function exactDate(at: Instant): string {
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty} {time_secs}|${utc(at)}>`;
}

/** A time in UTC, for text that cannot hold Slack dates. */
export function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A number with thousands separators, such as `1,204`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** A count with its noun in the singular or plural. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

/** A share as a whole percentage, never rounded up to 100 % or down to 0 %. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return 'under 1 %';
  return `${share < 1 && whole === 100 ? 99 : whole} %`;
}
