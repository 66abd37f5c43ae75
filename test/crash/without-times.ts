const SLACK_DATE = /<!date\^[^>]*>/g;
const UTC = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g;
const LATE = /, told [^·"\n]*? later/g;
const DURATION = /\b\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min|s)\b)?/g;

/**
 * A text without its moments and lengths of time: a bot that was killed tells the same a little later. How late a notice
 * says it is goes as a whole, since it is only said beyond some minutes.
 */
export function withoutTimes(text: string): string {
  return text
    .replaceAll(SLACK_DATE, '<time>')
    .replaceAll(UTC, '<time>')
    .replaceAll(LATE, '')
    .replaceAll(DURATION, '<duration>');
}
