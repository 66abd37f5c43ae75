import type { Instant } from '../../lib/instant.ts';
import { LOOK_ALIKES } from '../../lib/look-alikes.ts';

/** What formats, also in the full width of Asian keyboards. Between two letters an underscore does nothing. */
const MARKS = /[*\uff0a~`\uff40]|(?<![\p{L}\p{N}])[_\uff3f]|[_\uff3f](?![\p{L}\p{N}])/gu;
/** A colon that begins the name of an emoji; those of a time of day, as in `12:05:30`, do not. */
const EMOJI = /:(?!(?<=\d:)\d\d:\d\d)(?=[\p{L}\p{M}\p{N}_+'-]+:)/gu;
/** A line that begins with this is a quotation, escaped or not. */
const QUOTE = /^\s*[>\uff1e]/;

/**
 * Text from outside in mrkdwn, where nothing in it may mention, link or format. `&`, `<` and `>` are escaped (Slack:
 * "Formatting message text"): every mention, link and date begins with `<`. The other signs cannot be. A zero-width space
 * beside a mark does not disarm it but makes it work inside of words, where it would not (yhatt/jsx-slack, "About escape
 * and exact mode", which tried all this in Slack), so that marks become signs that look like them. An invisible sign keeps a
 * quotation from being one, and a status from being faked by the name of an emoji.
 */
export function plain(text: string): string {
  const unmarked = withoutMarks(visible(text), MARKS);
  const unquoted = unmarked.replace(QUOTE, (mark) => `\u00ad${mark}`);
  return escapeControl(unquoted.replaceAll(EMOJI, ':\u200b'));
}

/** Text from outside as a code span, in which nothing is formatted. Backticks would end the span and are replaced. */
export function code(text: string): string {
  const inside = escapeControl(withoutMarks(visible(text), /[`\uff40]/g));
  return inside.trim() === '' ? '`-`' : `\`${inside}\``;
}

function withoutMarks(text: string, marks: RegExp): string {
  return text.replaceAll(marks, (mark) => LOOK_ALIKES.get(mark.normalize('NFKC')) ?? '');
}

/** Text from outside in a `plain_text` object, where nothing is formatted and nothing needs escaping. */
export function visible(text: string): string {
  // Line breaks could fake lines of ours; control and direction characters could hide or reorder what is read.
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cuts to a number of code points, never inside one; an ellipsis says that something is missing. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}

/** A moment in the reader's own zone, day and minute; readers without it see UTC. */
export function date(at: Instant): string {
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty} {time}|${utc(at)}>`;
}

/** A moment in the reader's own zone, to the second. */
export function exactDate(at: Instant): string {
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty} {time_secs}|${utc(at)}>`;
}

/** A moment in UTC, for texts that cannot hold Slack dates. */
export function utc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A count with thousands separated, as in `1,204`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** A count with its noun in the right number. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${count(number)} ${number === 1 ? noun : plural}`;
}

/** A share as a percentage: whole numbers, but never rounded up to 100 % or down to 0 %. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (share > 0 && whole === 0) return 'under 1 %';
  return `${share < 1 && whole === 100 ? 99 : whole} %`;
}
