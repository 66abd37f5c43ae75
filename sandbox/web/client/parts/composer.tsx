import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { ShownChannel } from '../../contract.ts';
import { readLine } from '../state/read-line.ts';
import { afterSending, goBack, goOn, NOTHING_SENT, type Recall } from '../state/recall.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { CommandHint } from './command-hint.tsx';
import { Menu } from './menu.tsx';

interface ComposerProps {
  readonly channel: ShownChannel;
  readonly threadTs: string | null;
  readonly label: string;
  readonly usageHint: string;
  /** Kept outside, so that nothing typed is lost when another channel or person is looked at. */
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly onSent: () => void;
}

/** Where lines are typed: Enter sends, Shift+Enter begins a new line, arrow up brings back what was sent. */
export function Composer({ channel, threadTs, label, usageHint, draft, setDraft, onSent }: ComposerProps) {
  const { me, people, channels, shortcuts, act } = useWorkspace();
  const hintId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [recall, setRecall] = useState<Recall>(NOTHING_SENT);
  const [trouble, setTrouble] = useState<string | null>(null);
  const hinted =
    threadTs === null &&
    /^\/\S*(\s|$)/.test(draft) &&
    '/upgrades'.startsWith(draft.trim().split(/\s/)[0] ?? '');
  const send = async () => {
    const read = readLine(draft, { me, channel, threadTs, people, channels });
    if (read.kind === 'empty') return;
    if (read.kind !== 'act') return setTrouble(read.message);
    setRecall(afterSending(recall, draft));
    setDraft('');
    onSent();
    setTrouble(null);
    const failed = await act(read.act);
    setTrouble(failed);
    // What did not go through is there to be sent again, unless the next line is being typed already.
    if (failed !== null && box.current?.value === '') setDraft(draft);
  };
  const shift = (moved: { recall: Recall; text: string } | null, event: KeyboardEvent) => {
    if (moved === null) return;
    event.preventDefault();
    setRecall(moved.recall);
    setDraft(moved.text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Tab' && !event.shiftKey && hinted && !draft.startsWith('/upgrades')) {
      event.preventDefault();
      setDraft('/upgrades ');
    } else if (
      event.key === 'ArrowUp' &&
      (selectionEnd === 0 || recall.at < recall.lines.length || value === '')
    ) {
      shift(goBack(recall, draft), event);
    } else if (event.key === 'ArrowDown' && selectionStart === value.length) {
      shift(goOn(recall), event);
    }
  };
  const items = shortcuts
    .filter(({ type }) => type === 'global')
    .map(({ callbackId, name }) => ({
      label: name,
      onChoose: async () => setTrouble(await act({ act: 'shortcut', user: me, callbackId })),
    }));
  return (
    <div className="composer-area">
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}{' '}
          <button type="button" className="link" onClick={() => setTrouble(null)}>
            Dismiss
          </button>
        </p>
      )}
      {hinted && (
        <CommandHint
          id={hintId}
          usageHint={usageHint}
          complete={() => {
            setDraft('/upgrades ');
            box.current?.focus();
          }}
        />
      )}
      <div className="composer">
        {threadTs === null && items.length > 0 && (
          <Menu label="Shortcuts" className="composer-more" items={items}>
            +
          </Menu>
        )}
        <textarea
          ref={box}
          aria-label={label}
          placeholder={label}
          aria-describedby={hinted ? hintId : undefined}
          rows={Math.min(8, draft.split('\n').length)}
          value={draft}
          disabled={channel.archived}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          className="composer-send"
          aria-label="Send"
          title="Send (Enter)"
          disabled={draft.trim() === ''}
          onClick={() => void send()}
        >
          ➤
        </button>
      </div>
    </div>
  );
}
