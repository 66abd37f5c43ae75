import { useMemo, useState } from 'react';
import type { ShownChannel, ShownMessage } from '../../contract.ts';
import { threadRows } from '../shown/message-rows.ts';
import { channelName } from '../shown/names.ts';
import { repliesOf } from '../shown/thread.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

interface ThreadPanelProps {
  readonly channel: ShownChannel;
  readonly messages: readonly ShownMessage[];
  readonly rootTs: string;
  readonly usageHint: string;
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly close: () => void;
}

/** A message and everything that was said under it. */
export function ThreadPanel({
  channel,
  messages,
  rootTs,
  usageHint,
  draft,
  setDraft,
  close,
}: ThreadPanelProps) {
  const [sent, setSent] = useState(0);
  const { zone } = useWorkspace();
  const rows = useMemo(() => {
    const root = messages.find(({ ts, onlyYou }) => ts === rootTs && !onlyYou);
    return root === undefined ? [] : threadRows(root, repliesOf(messages, rootTs), zone);
  }, [messages, rootTs, zone]);
  return (
    <aside className="thread" aria-label="Thread">
      <header className="pane-head">
        <h2>
          Thread <span className="muted">{channelName(channel)}</span>
        </h2>
        <button type="button" className="icon" aria-label="Close thread" title="Close (Esc)" onClick={close}>
          ✕
        </button>
      </header>
      <MessageList
        key={rootTs}
        label="Messages in this thread"
        rows={rows}
        channel={channel.id}
        openThread={null}
        sent={sent}
      />
      <Composer
        key={`compose ${rootTs}`}
        channel={channel}
        threadTs={rootTs}
        label="Reply in thread"
        usageHint={usageHint}
        draft={draft}
        setDraft={setDraft}
        onSent={() => setSent(sent + 1)}
      />
    </aside>
  );
}
