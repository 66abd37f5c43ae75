import { useState } from 'react';
import { useSurface } from '../blocks/surface.ts';
import { fieldKey } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { plainText } from '../text/plain-text.ts';
import { choicesOf, chosenValues } from './choices.ts';
import type { ElementProps } from './field.ts';
import { Listbox } from './listbox.tsx';
import { usePress } from './use-press.tsx';

/** A menu with several answers; the bot hears of them when it is closed. */
export function MultiSelectElement({ element, blockId, field }: ElementProps) {
  const { values, setValue } = useSurface();
  const { press, pending, disabled, question } = usePress(element, blockId);
  const workspace = useWorkspace();
  const [changed, setChanged] = useState(false);
  const key = fieldKey(blockId, element);
  const chosen = chosenValues(element, values[key]);
  const most =
    typeof element.max_selected_items === 'number' ? element.max_selected_items : Number.POSITIVE_INFINITY;
  const toggle = (value: string) => {
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    if (next.length > most) return;
    setChanged(true);
    setValue(key, next);
  };
  const tell = () => {
    if (changed && (field === null || field.dispatches)) press(chosen);
    setChanged(false);
  };
  return (
    <>
      <Listbox
        multiple
        choices={choicesOf(element, workspace)}
        chosen={chosen}
        placeholder={plainText(element.placeholder) || 'Choose options'}
        field={field}
        disabled={disabled}
        busy={pending}
        onChoose={toggle}
        onClosed={tell}
      />
      {question}
    </>
  );
}
