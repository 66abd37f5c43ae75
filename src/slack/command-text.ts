/**
 * The line a person typed, out of what Slack makes of it: entities back to characters, links back to their text, hard
 * spaces to spaces. Mentions stay as they are; no filter holds them, so they are answered as not understood.
 */
export function commandText(text: string): string {
  return (
    text
      .replaceAll(/<(?:https?|mailto|tel):[^<>|]*\|([^<>]*)>/g, '$1')
      .replaceAll(/<((?:https?):[^<>|]*)>/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replaceAll('\u00a0', ' ')
      // No store takes it in a question.
      .replaceAll('\0', ' ')
  );
}
