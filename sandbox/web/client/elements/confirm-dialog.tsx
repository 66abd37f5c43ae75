import { useId } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { TextObject } from '../blocks/text-object.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { plainText } from '../text/plain-text.ts';

/** The question Slack asks before an element does what it does. */
export function ConfirmDialog({ confirm, answer }: { confirm: JsonObject; answer: (yes: boolean) => void }) {
  const id = useId();
  return (
    <Dialog labelledBy={id} className="confirm" onCancel={() => answer(false)}>
      <h2 id={id}>{plainText(confirm.title) || 'Are you sure?'}</h2>
      <div className="dialog-body">
        <TextObject text={confirm.text} />
      </div>
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={() => answer(false)}>
          {plainText(confirm.deny) || 'Cancel'}
        </button>
        <button
          type="button"
          className={`button ${confirm.style === 'danger' ? 'danger-full' : 'primary'}`}
          onClick={() => answer(true)}
        >
          {plainText(confirm.confirm) || 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
