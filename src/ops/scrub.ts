/**
 * What a secret looks like wherever it stands: Slack's tokens, response URLs, trigger ids, the value of an Authorization
 * header. None of the patterns reaches beyond a JSON string, so that a line stays one.
 */
const SECRETS: readonly RegExp[] = [
  /xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]+/g,
  /xapp-[A-Za-z0-9-]+/g,
  /https:\/\/hooks\.slack(?:-gov)?\.com\/[^"\\\s]+/g,
  /\b\d+\.\d{6,}\.[0-9a-f]{16,}\b/g,
  /\bBearer [^"\\\s]+/g,
];

/**
 * Takes secrets out of a finished line of the log. The redaction by member names comes first; this is the net below it, for
 * what ends up inside a message of an error or of a library.
 */
export function scrub(line: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, '[secret]'), line);
}
