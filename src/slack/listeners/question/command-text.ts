/**
 * The line a person typed, out of what Slack makes of it: links back to their text, entities to characters, and what was
 * pasted with its formatting without it. Mentions stay as they are; subscriptions call people by them.
 */
export function commandText(text: string): string {
  const typed = text
    .replaceAll(/<[a-z][a-z0-9+.-]*:[^<>|]*\|([^<>]*)>/gi, '$1')
    .replaceAll(/<(?:mailto:|tel:)?([a-z0-9+][^<>|\s]*)>/gi, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    // No store takes it in a question.
    .replaceAll('\0', ' ');
  return pastedText(typed);
}

/**
 * A line without the signs of code and bold around its words, and without the command in front of it: the bot's own
 * messages show whole lines as code, to be pasted.
 */
export function pastedText(line: string): string {
  return line
    .replaceAll(/```([\s\S]*?)```/g, ' $1 ')
    .replaceAll(/(?<=^|[\s([{<])`+([^`]+)`+(?![\p{L}\p{N}])/gu, '$1')
    .replaceAll(/(?<=^|[\s([{<])([*~])(?=\S)([^*~\n]*\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/^\s*\/upgrades(?=\s|$)/i, '');
}
