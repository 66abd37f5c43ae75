import type { ShownTask } from '../../core/question/shown-task.ts';
import { cut } from '../blocks/text.ts';
import { changeLook, type Look, statusLook } from '../blocks/words.ts';

/** A task's state as an emoji and a few words: its standing alarms, worst first, or else its status. */
export function taskLook({
  standing = [],
  ...task
}: Pick<ShownTask, 'status' | 'statusWord' | 'standing'>): Look {
  const { emoji, label } = statusLook(task);
  const said = { emoji, label: cut(label, 40) };
  const [worst] = standing;
  if (worst === undefined || worst === 'failed') return said;
  const words = standing.map((alarm) => changeLook(alarm).label);
  const all = worst === 'overdue' ? [said.label, ...words] : words;
  return { emoji: changeLook(worst).emoji, label: all.join(', ') };
}
