/** Marks that quote anywhere, and marks that quote whole values only. */
const [ANYWHERE, ...AROUND] = ['"“”„‟〝〞〟', "'‘’‚‛", '«»‹›', '「」『』﹁﹂'] as const;
const ALL = [ANYWHERE, ...AROUND].join('');
const LETTER = '[\\p{L}\\p{N}]';

const QUOTATIONS = [
  `[${ANYWHERE}](?:\\\\[\\\\${ALL}]|[^${ANYWHERE}])*[${ANYWHERE}]`,
  ...AROUND.map(
    (marks) =>
      `(?<=^|[\\s,:([{-])[${marks}](?:\\\\[\\\\${ALL}]|[^${marks}]|[${marks}](?=${LETTER}))*[${marks}](?!${LETTER})`,
  ),
];
const WORD = new RegExp(`(?:<[@!#][^<>|\\s,"]*\\|[^<>]*>|${QUOTATIONS.join('|')}|[^\\s])+`, 'gu');

/**
 * The words of a line, told apart by a scan of the tests' own: white space outside quotation marks and the names of
 * mentions ends a word. Without what cannot be seen, and without the brackets and stops around them.
 */
export function wordsOf(line: string): readonly string[] {
  const seen = line
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/[\uff01-\uff5e]/g, (sign) => sign.normalize('NFKC'));
  return (seen.match(WORD) ?? []).map(trimmed);
}

function trimmed(word: string): string {
  // Whom to call may follow in words of their own.
  if (/^mention:$/i.test(word)) return word;
  const opened = word.replace(/^(?:[([{]|<(?![@!#]))+(?=.)/u, '');
  const ends = opened === word ? /(?<=.)[.,;:!?…。、)\]}]+$/u : /(?<=.)[.,;:!?…。、)\]}>]+$/u;
  return opened.replace(ends, '');
}
