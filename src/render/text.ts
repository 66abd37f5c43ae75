import type { Instant } from '../core/task.ts';

/**
 * Escapes the three characters with a meaning in mrkdwn (Slack: "Formatting message text"). Every mention, link and
 * date begins with `<`, so that none can come out of escaped text. `*`, `_`, `~` and backticks cannot be escaped: at
 * the border of a word, where they would format, a zero-width space is put on either side; inside words they do nothing.
 * Colons around a word would make an emoji, with which a status could be faked; one after the first colon stops that.
 * A `>` at the beginning of a line makes a quotation even when escaped; a zero-width space takes that place from it.
 */
export function plain(text: string): string {
  const marks = /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu;
  const unquoted = visible(text).replace(/^\s*>/, (mark) => `\u200b${mark}`);
  const faceless = escapeControl(unquoted).replaceAll(/:(?=[a-z][a-z0-9_+-]*:)/gi, ':\u200b');
  return faceless.replaceAll(marks, (mark) => `\u200b${mark}\u200b`);
}

/** Text from outside as a code span, in which nothing is formatted. Backticks would end the span and are replaced. */
export function code(text: string): string {
  const inside = escapeControl(visible(text)).replaceAll('`', 'ˋ');
  return inside.trim() === '' ? '`-`' : `\`${inside}\``;
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
