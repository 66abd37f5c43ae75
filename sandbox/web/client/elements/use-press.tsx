import { type ReactNode, useState } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { isObject } from '../../../workspace/json.ts';
import { useSurface } from '../blocks/surface.ts';
import type { FieldValue } from '../shown/fields.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

export interface Press {
  /** Asks first where the element says so. */
  readonly press: (selected?: FieldValue) => void;
  readonly pending: boolean;
  /** Nothing can be pressed where this stands. */
  readonly disabled: boolean;
  /** To be drawn beside the element: the question, while it is asked. */
  readonly question: ReactNode;
}

/** What using an element does, with the question Slack asks before it. */
export function usePress(element: JsonObject, blockId: string): Press {
  const surface = useSurface();
  const [pending, setPending] = useState(false);
  const [asked, setAsked] = useState<{ selected: FieldValue | undefined } | null>(null);
  const send = async (selected: FieldValue | undefined) => {
    setPending(true);
    await surface.press?.(element, selected, blockId);
    setPending(false);
  };
  const press = (selected?: FieldValue) => {
    if (pending) return;
    if (isObject(element.confirm)) setAsked({ selected });
    else void send(selected);
  };
  const answer = (yes: boolean) => {
    setAsked(null);
    if (yes && asked) void send(asked.selected);
  };
  const question =
    asked !== null && isObject(element.confirm) ? (
      <ConfirmDialog confirm={element.confirm} answer={answer} />
    ) : null;
  return { press, pending, disabled: surface.press === null, question };
}
