import { useId } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { asObjects, asString, isObject } from '../../../workspace/json.ts';
import { useSurface } from '../blocks/surface.ts';
import { TextObject } from '../blocks/text-object.tsx';
import { fieldKey } from '../shown/fields.ts';
import { chosenValues } from './choices.ts';
import type { ElementProps } from './field.ts';
import { usePress } from './use-press.tsx';

/** Checkboxes, or buttons of which one is pressed. */
export function ChoiceBoxes({ element, blockId, field }: ElementProps) {
  const name = useId();
  const { values, setValue } = useSurface();
  const { press, disabled, question } = usePress(element, blockId);
  const key = fieldKey(blockId, element);
  const several = element.type === 'checkboxes';
  const chosen = chosenValues(element, values[key]);
  const choose = (value: string, on: boolean) => {
    const next = several ? [...chosen.filter((one) => one !== value), ...(on ? [value] : [])] : value;
    setValue(key, next);
    if (field === null || field.dispatches) press(next);
  };
  return (
    <div className="choices">
      {asObjects(element.options).map((option) => (
        <label key={asString(option.value)}>
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            disabled={disabled}
            checked={chosen.includes(asString(option.value))}
            onChange={(event) => choose(asString(option.value), event.target.checked)}
          />
          <Words option={option} />
        </label>
      ))}
      {question}
    </div>
  );
}

function Words({ option }: { option: JsonObject }) {
  return (
    <span className="choice-words">
      <TextObject text={option.text} />
      {isObject(option.description) && (
        <span className="choice-description">
          <TextObject text={option.description} />
        </span>
      )}
    </span>
  );
}
