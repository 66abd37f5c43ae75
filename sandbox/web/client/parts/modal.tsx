import { type SubmitEvent, useEffect, useId, useMemo, useState } from 'react';
import { asObjects } from '../../../workspace/json.ts';
import type { ShownView } from '../../contract.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { ViewSurface } from '../blocks/view-surface.tsx';
import { type FieldValue, type FieldValues, filledOf, incomplete } from '../shown/fields.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { plainText } from '../text/plain-text.ts';
import { Dialog } from './dialog.tsx';

interface ModalProps {
  readonly shown: ShownView;
  readonly values: FieldValues;
  readonly setValue: (key: string, value: FieldValue) => void;
}

/** The view on top of the person's screen. */
export function Modal({ shown, values, setValue }: ModalProps) {
  const { id, view, depth, errors } = shown;
  const titleId = useId();
  const { me, act } = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const wrong = useMemo(() => ({ ...errors, ...missing }), [errors, missing]);
  useEffect(() => {
    if (Object.keys(wrong).length === 0) return;
    document.querySelector('.modal .field-error')?.scrollIntoView({ block: 'nearest' });
    document.querySelector<HTMLElement>('.modal [aria-invalid=true]')?.focus();
  }, [wrong]);
  const blocks = asObjects(view.blocks);
  const submitLabel = plainText(view.submit);
  const close = async () => setTrouble(await act({ act: 'close-view', user: me, viewId: id }));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy || submitLabel === '') return;
    const left = incomplete(blocks, values);
    setMissing(left);
    if (Object.keys(left).length > 0) return;
    setBusy(true);
    setTrouble(await act({ act: 'submit-view', user: me, viewId: id, values: filledOf(blocks, values) }));
    setBusy(false);
  };
  return (
    <Dialog labelledBy={titleId} className="modal" onCancel={() => void close()}>
      <form onSubmit={submit} noValidate aria-busy={busy}>
        <header className="dialog-head">
          {depth > 0 && (
            <button
              type="button"
              className="icon"
              aria-label="Back"
              title="Back"
              onClick={() => void close()}
            >
              ‹
            </button>
          )}
          <h2 id={titleId}>{plainText(view.title)}</h2>
          {depth > 0 && <span className="muted depth">window {depth + 1}</span>}
          <button
            type="button"
            className="icon"
            aria-label="Close window"
            title="Close (Esc)"
            onClick={() => void close()}
          >
            ✕
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
        <div className="dialog-body" tabIndex={0}>
          <ViewSurface
            viewId={id}
            blocks={blocks}
            values={values}
            setValue={setValue}
            errors={wrong}
            onTrouble={setTrouble}
          >
            <Blocks blocks={blocks} />
          </ViewSurface>
        </div>
        {trouble && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={() => void close()}>
            {plainText(view.close) || (submitLabel === '' ? 'Close' : 'Cancel')}
          </button>
          {submitLabel !== '' && (
            <button type="submit" className="button primary" disabled={busy}>
              {busy && <span className="spinner" aria-hidden="true" />}
              {submitLabel}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
