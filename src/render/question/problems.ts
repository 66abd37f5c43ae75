import type { FilterProblem } from '../../core/filter/filter.ts';
import type { Trouble } from '../../core/question/answer.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, cut, plain, visible } from '../blocks/text.ts';

/** Problems shown in one answer; more would only hide the first. */
const SHOWN = 5;

/** The answer to a line that was not understood: which word, why, and the likely meaning. Nothing was done. */
export function misunderstood(problems: readonly FilterProblem[]): Message {
  const lines = problems.slice(0, SHOWN).map(problemLine);
  return {
    text: fitLines(lines.join('\n'), 3_500),
    blocks: [
      ...sections(lines),
      context('Nothing was asked of the platform or changed. `/upgrades help` shows what can be asked.'),
    ],
  };
}

function problemLine({ word, message, suggestion }: FilterProblem): string {
  const meant = suggestion === null ? '' : ` Did you mean ${code(cut(suggestion, 200))}?`;
  // Our messages contain code spans, so only `&`, `<` and `>` are escaped; text quoted from the line stays inside
  // them. A message that starts with a verb is about the word itself.
  const joint = /^(?:is|stands) /.test(message) ? ' ' : ': ';
  return `${code(cut(word, 200))}${joint}${escapeQuoted(visible(cut(message, 300)))}.${meant}`;
}

function escapeQuoted(message: string): string {
  return message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The answer to a question that failed: what happened and what to do. */
export function trouble({ message, advice }: Trouble): Message {
  return {
    text: plain(cut(`${message} ${advice}`, 600)),
    blocks: [section(`:warning: ${plain(message)}\n${plain(advice)}`)],
  };
}
