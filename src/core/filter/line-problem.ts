import type { FilterProblem } from './filter.ts';

/** Longer lines are refused: no question needs them, and Slack's own field holds more than any filter. */
const MAX_LINE_LENGTH = 2_000;
/** The normal form may be longer than what was typed; with page and size it has to fit into a button's value (2,000). */
export const MAX_NORMAL_LENGTH = 1_900;

/** What is wrong with a line before its words are told apart: too long, or a control character in it. */
export function lineProblem(line: string): FilterProblem | null {
  if ([...line].length > MAX_LINE_LENGTH) {
    const message = `the line has more than ${MAX_LINE_LENGTH} characters`;
    return { word: excerpt(line), message, suggestion: null };
  }
  if (/\p{Cc}/u.test(line.replaceAll(/[\t\r\n]/g, ' '))) {
    return { word: excerpt(line), message: 'the line holds a control character', suggestion: null };
  }
  return null;
}

/** The answer to a line whose normal form has more than `MAX_NORMAL_LENGTH` characters. */
export function tooLong(line: string): FilterProblem {
  return { word: excerpt(line), message: 'the filter is too long', suggestion: null };
}

/** A part of a line inside a sentence, as a code span that what was typed can neither close nor fill. */
export function quoted(part: string): string {
  const characters = [...part.replaceAll('`', 'ˋ')];
  return `\`${characters.length <= 60 ? characters.join('') : `${characters.slice(0, 60).join('')}…`}\``;
}

/** The beginning of a line, its control characters made visible. */
function excerpt(line: string): string {
  const characters = [...line.trim().replaceAll(/\p{Cc}/gu, '\ufffd')];
  return characters.length <= 40 ? characters.join('') : `${characters.slice(0, 40).join('')}…`;
}
