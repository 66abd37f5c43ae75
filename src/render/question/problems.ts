import type { FilterProblem } from '../../core/filter/filter.ts';
import type { Trouble } from '../../core/question/answer.ts';
import { context, fitLines, type Message, section, sections } from '../blocks/message.ts';
import { code, cut, plain, visible } from '../blocks/text.ts';

/** Problems named in one answer; more would only hide the first. */
const SHOWN = 5;

/** The answer to a line that was not understood: which word, why, and what was probably meant. Nothing was asked. */
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
  // Our own messages carry code spans; what they quote of the line is cut short and kept inside them.
  // A message that begins with a verb speaks of the word itself.
  const joint = /^(?:is|stands) /.test(message) ? ' ' : ': ';
  return `${code(cut(word, 200))}${joint}${escapeQuoted(visible(cut(message, 300)))}.${meant}`;
}

function escapeQuoted(message: string): string {
  return message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The answer when nothing could be found out: what happened and what to do. */
export function trouble({ message, advice }: Trouble): Message {
  return {
    text: plain(cut(`${message} ${advice}`, 600)),
    blocks: [section(`:warning: ${plain(message)}\n${plain(advice)}`)],
  };
}
