import { asString } from '../../../workspace/json.ts';
import { useSurface } from '../blocks/surface.ts';
import { fieldKey } from '../shown/fields.ts';
import { plainText } from '../text/plain-text.ts';
import { chosenValues } from './choices.ts';
import type { ElementProps } from './field.ts';
import { usePress } from './use-press.tsx';

const TYPES: Readonly<Record<string, { type: string; name: string }>> = {
  datepicker: { type: 'date', name: 'Date' },
  timepicker: { type: 'time', name: 'Time' },
  datetimepicker: { type: 'datetime-local', name: 'Date and time' },
};

/** A day, a time of day, or both, in the browser's own picker. */
export function DateElement({ element, blockId, field }: ElementProps) {
  const { values, setValue } = useSurface();
  const { press, disabled, question } = usePress(element, blockId);
  const key = fieldKey(blockId, element);
  const { type, name } = TYPES[asString(element.type)] ?? { type: 'date', name: 'Date' };
  const both = type === 'datetime-local';
  const [held = ''] = chosenValues(element, values[key]);
  const change = (shown: string) => {
    const value = both && shown !== '' ? String(Date.parse(`${shown}Z`) / 1000) : shown;
    setValue(key, value);
    if (value !== '' && (field === null || field.dispatches)) press(value);
  };
  return (
    <>
      <input
        className="text-input"
        type={type}
        id={field?.id}
        aria-label={field === null ? plainText(element.placeholder) || name : undefined}
        aria-describedby={field?.described}
        aria-invalid={field?.invalid}
        disabled={disabled}
        value={both && held !== '' ? new Date(Number(held) * 1000).toISOString().slice(0, 16) : held}
        onChange={(event) => change(event.target.value)}
      />
      {both && <span className="field-hint">UTC</span>}
      {question}
    </>
  );
}
