import type { FilterProblem } from '../../core/filter/filter.ts';
import { cut, visible } from '../../render/blocks/text.ts';

/** A form's mistakes as Slack shows them under its controls: plain text, where backticks would show. */
export function fieldErrors<Field extends string>(
  problems: ReadonlyMap<Field, FilterProblem>,
  controls: Readonly<Record<Field, string>>,
): Record<string, string> {
  return Object.fromEntries(
    [...problems].map(([field, { word, message, suggestion }]) => {
      const meant = suggestion === null ? '' : ` Did you mean ${cut(visible(suggestion), 100)}?`;
      const sentence = visible(message).replaceAll('`', '');
      return [controls[field], `${cut(visible(word), 100)}: ${cut(sentence, 200)}.${meant}`];
    }),
  );
}
