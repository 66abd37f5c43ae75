import type { FilterProblem } from './filter.ts';

/** Longer lines are refused: no question needs them, and Slack's input allows far more than any filter needs. */
const MAX_LINE_LENGTH = 2_000;
/**
 * The normal form can be longer than what was typed; with page and size it must fit into a button's value (2,000).
 */
export const MAX_NORMAL_LENGTH = 1_900;

/** Problems that make a line unreadable as a whole: too long, or it contains a control character. */
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

/** The problem for a line whose normal form has more than `MAX_NORMAL_LENGTH` characters. */
export function tooLong(line: string): FilterProblem {
  return { word: excerpt(line), message: 'the filter is too long', suggestion: null };
}

/** Part of a line as a code span within a sentence; shortened, and unable to close the span. */
export function quoted(part: string): string {
  const characters = [...part.replaceAll('`', 'ˋ')];
  return `\`${characters.length <= 60 ? characters.join('') : `${characters.slice(0, 60).join('')}…`}\``;
}

/** The start of a line, with control characters made visible. */
function excerpt(line: string): string {
  const characters = [...line.trim().replaceAll(/\p{Cc}/gu, '\ufffd')];
  return characters.length <= 40 ? characters.join('') : `${characters.slice(0, 40).join('')}…`;
}
