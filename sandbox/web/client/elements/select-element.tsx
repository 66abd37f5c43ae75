import { useSurface } from '../blocks/surface.ts';
import { fieldKey } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { plainText } from '../text/plain-text.ts';
import { choicesOf, chosenValues } from './choices.ts';
import type { ElementProps } from './field.ts';
import { Listbox } from './listbox.tsx';
import { usePress } from './use-press.tsx';

/** A menu with one answer. Outside input blocks choosing tells the bot at once. */
export function SelectElement({ element, blockId, field }: ElementProps) {
  const { values, setValue } = useSurface();
  const { press, pending, disabled, question } = usePress(element, blockId);
  const workspace = useWorkspace();
  const key = fieldKey(blockId, element);
  const choose = (value: string) => {
    setValue(key, value);
    if (field === null || field.dispatches) press(value);
  };
  return (
    <>
      <Listbox
        choices={choicesOf(element, workspace)}
        chosen={chosenValues(element, values[key])}
        placeholder={plainText(element.placeholder) || 'Choose an option'}
        field={field}
        disabled={disabled}
        busy={pending}
        onChoose={choose}
      />
      {question}
    </>
  );
}
