import { useState } from 'react';
import type { ShownMessage } from '../../contract.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { Menu } from './menu.tsx';

interface MessageActionsProps {
  readonly message: ShownMessage;
  readonly channel: string;
  readonly openThread: ((message: ShownMessage) => void) | null;
}

/** What can be done with any message: reply to it, and the shortcuts the app offers for messages. */
export function MessageActions({ message, channel, openThread }: MessageActionsProps) {
  const { me, act, shortcuts } = useWorkspace();
  const [trouble, setTrouble] = useState<string | null>(null);
  const items = shortcuts
    .filter(({ type }) => type === 'message')
    .map(({ callbackId, name }) => ({
      label: name,
      onChoose: async () =>
        setTrouble(
          await act({ act: 'message-shortcut', user: me, callbackId, channel, messageTs: message.ts }),
        ),
    }));
  return (
    <>
      <div className="message-actions">
        {openThread && (
          <button
            type="button"
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick={() => openThread(message)}
          >
            💬
          </button>
        )}
        {items.length > 0 && (
          <Menu label="Message shortcuts" className="" items={items}>
            ⋯
          </Menu>
        )}
      </div>
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
