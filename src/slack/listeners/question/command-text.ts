/**
 * Restores the line a user typed from Slack's markup: links become their text, entities become characters,
 * and pasted formatting is dropped. Mentions stay, because subscriptions refer to people by them.
 */
export function commandText(text: string): string {
  const typed = text
    .replaceAll(/<[a-z][a-z0-9+.-]*:[^<>|]*\|([^<>]*)>/gi, '$1')
    .replaceAll(/<(?:mailto:|tel:)?([a-z0-9+][^<>|\s]*)>/gi, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    // Stores reject NUL characters in queries.
    .replaceAll('\0', ' ');
  return pastedText(typed);
}

/**
 * Strips code and bold marks, and the leading command: the bot's messages show whole lines as code to paste.
 */
export function pastedText(line: string): string {
  return line
    .replaceAll(/```([\s\S]*?)```/g, ' $1 ')
    .replaceAll(/(?<=^|[\s([{<])`+([^`]+)`+(?![\p{L}\p{N}])/gu, '$1')
    .replaceAll(/(?<=^|[\s([{<])([*~])(?=\S)([^*~\n]*\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/^\s*\/upgrades(?=\s|$)/i, '');
}
