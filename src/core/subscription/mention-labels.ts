const QUOTES = /["“”„]/;
/** A mention as Slack writes it into a command: `<!subteam^S0123ABC|@night shift>`. */
const LABELLED = /^<([@!#][^<>|\s,"“”„]*)\|[^<>]*>/;

/**
 * The line with the labels of its mentions left out (`<!subteam^S1|@night shift>` becomes `<!subteam^S1>`), since they
 * may hold blanks, commas and quotation marks, at which words are told apart. Only where a mention can stand: in a word
 * that begins with `mention:` or is one itself. Anywhere else, and in quotation marks, the text is somebody's value.
 */
export function withoutLabels(line: string): string {
  let result = '';
  let inQuotes = false;
  let wordStart = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (QUOTES.test(character)) inQuotes = !inQuotes;
    const escaped = inQuotes && character === '\\' && /["\\“”„]/.test(line[at + 1] ?? '');
    const label = !inQuotes && character === '<' ? LABELLED.exec(line.slice(at)) : null;
    if (label && holdsMentions(result.slice(wordStart))) {
      result += `<${label[1]}>`;
      at += label[0].length - 1;
    } else if (escaped) {
      result += line.slice(at, at + 2);
      at += 1;
    } else {
      result += character;
      if (!inQuotes && /\s/.test(character)) wordStart = result.length;
    }
  }
  return result;
}

function holdsMentions(begun: string): boolean {
  return /^(?:-?mention:.*|[<,].*)?$/is.test(begun);
}
