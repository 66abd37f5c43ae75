import { useCallback, useState } from 'react';
import type { ShownView } from '../../contract.ts';
import type { FieldValue, FieldValues } from '../shown/fields.ts';
import { Modal } from './modal.tsx';

/** The view on top, with what was typed in those below it kept until they come back. */
export function ModalStack({ modal }: { modal: ShownView | null }) {
  const [typed, setTyped] = useState<Readonly<Record<string, FieldValues>>>({});
  const id = modal?.id ?? '';
  const setValue = useCallback(
    (key: string, value: FieldValue) => setTyped((all) => ({ ...all, [id]: { ...all[id], [key]: value } })),
    [id],
  );
  return modal === null ? null : (
    <Modal key={id} shown={modal} values={typed[id] ?? NONE} setValue={setValue} />
  );
}

const NONE: FieldValues = {};
