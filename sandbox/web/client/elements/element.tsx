import type { ComponentType } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { asString } from '../../../workspace/json.ts';
import { ButtonElement } from './button-element.tsx';
import { ChoiceBoxes } from './choice-boxes.tsx';
import { DateElement } from './date-element.tsx';
import type { ElementProps, Field } from './field.ts';
import { MultiSelectElement } from './multi-select-element.tsx';
import { OverflowElement } from './overflow-element.tsx';
import { SelectElement } from './select-element.tsx';
import { TextElement } from './text-element.tsx';

const ELEMENTS: Readonly<Record<string, ComponentType<ElementProps>>> = {
  button: ButtonElement,
  workflow_button: ButtonElement,
  icon_button: ButtonElement,
  overflow: OverflowElement,
  static_select: SelectElement,
  users_select: SelectElement,
  channels_select: SelectElement,
  conversations_select: SelectElement,
  multi_static_select: MultiSelectElement,
  multi_users_select: MultiSelectElement,
  multi_channels_select: MultiSelectElement,
  multi_conversations_select: MultiSelectElement,
  radio_buttons: ChoiceBoxes,
  checkboxes: ChoiceBoxes,
  datepicker: DateElement,
  timepicker: DateElement,
  datetimepicker: DateElement,
  plain_text_input: TextElement,
  email_text_input: TextElement,
  url_text_input: TextElement,
  number_input: TextElement,
  // Its options come from the bot as one types; here their value is typed.
  external_select: TextElement,
};

/** Anything that can be used, or a picture. What this page does not know is named rather than left out. */
export function Element({
  element,
  blockId,
  field = null,
}: {
  element: JsonObject;
  blockId: string;
  field?: Field | null;
}) {
  const type = asString(element.type);
  if (type === 'image') {
    return <img className="thumbnail" src={asString(element.image_url)} alt={asString(element.alt_text)} />;
  }
  const Known = ELEMENTS[type];
  if (Known) return <Known element={element} blockId={blockId} field={field} />;
  return <span className="unknown-element">({type} is not shown here)</span>;
}
