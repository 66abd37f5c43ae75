import { useId } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { asObject, asString, isObject } from '../../../workspace/json.ts';
import { Element } from '../elements/element.tsx';
import { plainText } from '../text/plain-text.ts';
import { useSurface } from './surface.ts';

/** Something to fill in with its label, hint, and what is wrong with it. Groups of boxes carry the label as a legend. */
export function InputBlock({ block }: { block: JsonObject }) {
  const id = useId();
  const { errors } = useSurface();
  const blockId = asString(block.block_id);
  const element = asObject(block.element);
  const error = errors[blockId];
  const label = plainText(block.label);
  const optional = block.optional === true && <span className="optional"> (optional)</span>;
  const hint = isObject(block.hint) ? plainText(block.hint) : '';
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const grouped = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const field = (
    <Element
      element={element}
      blockId={blockId}
      field={{
        id,
        label,
        described,
        invalid: error !== undefined,
        dispatches: block.dispatch_action === true,
      }}
    />
  );
  const notes = (
    <>
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
  return grouped ? (
    <fieldset className="input-block" aria-describedby={described}>
      <legend>
        {label}
        {optional}
      </legend>
      {field}
      {notes}
    </fieldset>
  ) : (
    <div className="input-block">
      <label htmlFor={id}>
        {label}
        {optional}
      </label>
      {field}
      {notes}
    </div>
  );
}
