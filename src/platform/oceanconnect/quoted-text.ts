const LONGEST = 120;

/**
 * A text of the other side, fit for an error message: one line, short, and without the secrets that were sent, in case it
 * repeats what it was asked. Empty when nothing is left of it.
 */
export function quotedText(text: string | null, secrets: readonly string[]): string {
  if (text === null) return '';
  let safe = text;
  for (const secret of secrets) {
    if (secret !== '') safe = safe.replaceAll(secret, '***');
  }
  const line = safe.replace(/[\p{C}\s]+/gu, ' ').trim();
  if (line === '') return '';
  const characters = [...line];
  return `"${characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}...` : line}"`;
}
