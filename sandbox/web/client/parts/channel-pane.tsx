import { type ReactNode, useMemo, useState } from 'react';
import type { ShownChannel, ShownMessage } from '../../contract.ts';
import { channelRows } from '../shown/message-rows.ts';
import { channelName } from '../shown/names.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

interface ChannelPaneProps {
  readonly channel: ShownChannel;
  readonly messages: readonly ShownMessage[];
  readonly usageHint: string;
  readonly draft: string;
  readonly setDraft: (draft: string) => void;
  readonly openThread: (message: ShownMessage) => void;
  readonly head: ReactNode;
}

/** A channel: what stands in it and where to type. */
export function ChannelPane(props: ChannelPaneProps) {
  const { channel, messages, usageHint, draft, setDraft, openThread, head } = props;
  const [sent, setSent] = useState(0);
  const { zone, me } = useWorkspace();
  const name = channelName(channel);
  const rows = useMemo(() => channelRows(messages, zone), [messages, zone]);
  const key = `${me} ${channel.id}`;
  return (
    <>
      {head}
      {rows.length === 0 && <Beginning channel={channel} />}
      <MessageList
        key={`list ${key}`}
        label={`Messages in ${name}`}
        rows={rows}
        channel={channel.id}
        openThread={openThread}
        sent={sent}
      />
      <Composer
        key={`compose ${key}`}
        channel={channel}
        threadTs={null}
        label={`Message ${name}`}
        usageHint={usageHint}
        draft={draft}
        setDraft={setDraft}
        onSent={() => setSent(sent + 1)}
      />
    </>
  );
}

function Beginning({ channel }: { channel: ShownChannel }) {
  return (
    <div className="beginning">
      <p>
        <strong>{channelName(channel)}</strong> is empty so far.
      </p>
      <p>
        {channel.kind === 'direct' ? (
          <>
            Ask in plain words: <code>failed</code>, <code>running</code>, <code>help</code>.
          </>
        ) : (
          <>
            Try <code>/upgrades</code>, <code>/upgrades failed</code> or <code>/upgrades help</code>.
          </>
        )}
      </p>
      {!channel.botIsMember && <p>The bot is not a member here: commands work, notices cannot be posted.</p>}
    </div>
  );
}
