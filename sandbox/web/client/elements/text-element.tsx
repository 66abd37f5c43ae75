import type { KeyboardEvent } from 'react';
import { asObject, asString } from '../../../workspace/json.ts';
import { useSurface } from '../blocks/surface.ts';
import { fieldKey } from '../shown/fields.ts';
import { plainText } from '../text/plain-text.ts';
import { chosenValues } from './choices.ts';
import type { ElementProps } from './field.ts';
import { usePress } from './use-press.tsx';

const TYPES: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
};

/** Something to type into. Where it tells the bot (`dispatch_action`), Enter does. */
export function TextElement({ element, blockId, field }: ElementProps) {
  const { values, setValue } = useSurface();
  const { press, pending, disabled } = usePress(element, blockId);
  const key = fieldKey(blockId, element);
  const value = chosenValues(element, values[key])[0] ?? '';
  const multiline = element.multiline === true;
  const dispatches = field === null || field.dispatches;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || multiline || !dispatches) return;
    event.preventDefault();
    press(value);
  };
  const triggers = asObject(element.dispatch_action_config).trigger_actions_on;
  const eachLetter = dispatches && Array.isArray(triggers) && triggers.includes('on_character_entered');
  const common = {
    id: field?.id,
    className: 'text-input',
    value,
    disabled,
    placeholder: plainText(element.placeholder),
    'aria-label': field === null ? plainText(element.placeholder) || 'Text' : undefined,
    'aria-describedby': field?.described,
    'aria-invalid': field?.invalid,
    'aria-busy': pending,
    maxLength: typeof element.max_length === 'number' ? element.max_length : undefined,
    onKeyDown,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setValue(key, event.target.value);
      if (eachLetter) press(event.target.value);
    },
  };
  if (multiline) return <textarea {...common} rows={4} />;
  const numeric = element.type === 'number_input';
  return (
    <input
      {...common}
      type={TYPES[asString(element.type)] ?? 'text'}
      inputMode={numeric ? 'decimal' : undefined}
      autoComplete="off"
    />
  );
}
