import type { ReactNode } from 'react';
import type { ShownChannel, Snapshot } from '../../contract.ts';
import { BOT_NAME } from '../shown/names.ts';
import { fragmentOf, type Place } from '../state/place.ts';
import { type Seen, unreadOf } from '../state/unread.ts';
import { Avatar } from './avatar.tsx';

interface SidebarProps {
  readonly snapshot: Snapshot;
  readonly place: Place;
  readonly seen: Seen;
  readonly close: () => void;
  readonly foot: ReactNode;
}

const SIGNS = { channel: '#', shared: '#', private: '🔒', direct: '' } as const;

/** Where one can go: channels, direct messages, the app. */
export function Sidebar({ snapshot, place, seen, close, foot }: SidebarProps) {
  const { channels, messages, me } = snapshot;
  const entry = (channel: ShownChannel) => (
    <ChannelEntry
      key={channel.id}
      channel={channel}
      current={place.kind === 'channel' && place.channel.id === channel.id}
      unread={unreadOf(messages[channel.id] ?? [], seen[channel.id] ?? '', me)}
    />
  );
  const direct = channels.filter(({ kind }) => kind === 'direct');
  return (
    <aside className="sidebar" aria-label="Workspace">
      <header className="sidebar-head">
        <strong>Acme IoT</strong>
        <span>sandbox</span>
        <button type="button" className="icon drawer-only" aria-label="Close menu" onClick={close}>
          ✕
        </button>
      </header>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: only closes the drawer after one of its links was followed */}
      <nav
        aria-label="Channels and apps"
        onClick={(event) => event.target instanceof Element && event.target.closest('a') && close()}
      >
        <h2>Channels</h2>
        <ul>{channels.filter(({ kind }) => kind !== 'direct').map(entry)}</ul>
        {direct.length > 0 && (
          <>
            <h2>Direct messages</h2>
            <ul>{direct.map(entry)}</ul>
          </>
        )}
        <h2>Apps</h2>
        <ul>
          <li>
            <a href={fragmentOf({ kind: 'home' })} aria-current={place.kind === 'home' ? 'page' : undefined}>
              <Avatar small name={BOT_NAME} />
              <span className="entry-name">Home of {BOT_NAME}</span>
            </a>
          </li>
        </ul>
      </nav>
      {foot}
    </aside>
  );
}

function ChannelEntry({
  channel,
  current,
  unread,
}: {
  channel: ShownChannel;
  current: boolean;
  unread: number;
}) {
  const { name, kind, botIsMember, archived } = channel;
  const shown = current ? 0 : unread;
  const note = archived ? 'archived' : kind === 'shared' ? 'shared' : botIsMember ? '' : 'no bot';
  return (
    <li>
      <a
        href={fragmentOf({ kind: 'channel', channel })}
        aria-current={current ? 'page' : undefined}
        className={shown > 0 ? 'unread' : undefined}
      >
        {kind === 'direct' ? (
          <Avatar small name={name} />
        ) : (
          <span className="sign" aria-hidden="true">
            {SIGNS[kind]}
          </span>
        )}
        <span className="entry-name">{name}</span>
        {note && <span className="entry-note">{note}</span>}
        {shown > 0 && (
          <span className="count">
            {shown}
            <span className="unseen"> unread</span>
          </span>
        )}
      </a>
    </li>
  );
}
