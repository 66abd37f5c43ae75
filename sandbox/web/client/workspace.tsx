import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { Snapshot } from '../contract.ts';
import { ControlPanel } from './control/control-panel.tsx';
import { ChannelPane } from './parts/channel-pane.tsx';
import { HomeTab } from './parts/home-tab.tsx';
import { ModalStack } from './parts/modal-stack.tsx';
import { PaneHead } from './parts/pane-head.tsx';
import { PersonSwitch } from './parts/person-switch.tsx';
import { Sidebar } from './parts/sidebar.tsx';
import { ThreadPanel } from './parts/thread-panel.tsx';
import { rootTsOf } from './shown/thread.ts';
import { fragmentOf, placeOf } from './state/place.ts';
import { postAct } from './state/post-act.ts';
import { useFragment } from './state/use-fragment.ts';
import { useSeen } from './state/use-seen.ts';
import type { Theme } from './state/use-theme.ts';
import { WorkspaceContext } from './state/workspace-context.ts';

interface WorkspaceProps {
  readonly snapshot: Snapshot;
  readonly connected: boolean;
  readonly receivedAt: number;
  readonly chooseUser: (user: string) => void;
  readonly theme: Theme;
  readonly turnTheme: () => void;
  readonly drafts: Readonly<Record<string, string>>;
  readonly setDraft: (key: string, draft: string) => void;
}

/** Beside each other from this width on; below it the controls open over the rest. */
const WIDE = '(min-width: 1100px)';

/** The whole workspace of one person, beside it what drives the simulation. */
export function Workspace(props: WorkspaceProps) {
  const { snapshot, connected, receivedAt, chooseUser, theme, turnTheme, drafts, setDraft } = props;
  const { me, botId, people, channels, userGroups, shortcuts, messages, usageHint } = snapshot;
  const place = placeOf(useFragment(), channels) ?? { kind: 'home' };
  const [thread, setThread] = useState<{ channel: string; rootTs: string } | null>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const [panelOpen, setPanelOpen] = useState(() => matchMedia(WIDE).matches);
  const shownChannel = place.kind === 'channel' ? place.channel.id : '';
  const seen = useSeen(me, messages, shownChannel);
  const person = people.find(({ id }) => id === me);
  const zone = person?.timeZone ?? 'UTC';
  const words = useMemo(
    () => ({ me, botId, people, channels, userGroups, shortcuts, zone, theme, act: postAct }),
    [me, botId, people, channels, userGroups, shortcuts, zone, theme],
  );
  useEffect(() => {
    document.title = `${place.kind === 'home' ? 'Home' : place.channel.name} · Upgrades sandbox`;
  }, [place]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (menuOpen) setMenuOpen(false);
    else setThread(null);
  };
  const inThread =
    thread !== null && thread.channel === shownChannel && place.kind === 'channel' ? thread : null;
  // By name, since ids are others when the sandbox was started again.
  const channelKey = `${person?.name} ${fragmentOf(place)}`;
  const threadKey = `${channelKey} ${inThread?.rootTs}`;
  const head = (
    <PaneHead
      place={place}
      connected={connected}
      openMenu={() => setMenuOpen(true)}
      panelOpen={panelOpen}
      togglePanel={() => setPanelOpen(!panelOpen)}
    />
  );
  return (
    <WorkspaceContext value={words}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what is open wherever the focus is */}
      <div
        className={`layout ${inThread ? 'with-thread' : ''} ${panelOpen ? 'with-panel' : ''} ${menuOpen ? 'with-menu' : ''}`}
        onKeyDown={onKeyDown}
      >
        <Sidebar
          snapshot={snapshot}
          place={place}
          seen={seen}
          close={() => setMenuOpen(false)}
          foot={<PersonSwitch snapshot={snapshot} choose={chooseUser} theme={theme} turnTheme={turnTheme} />}
        />
        {menuOpen && (
          <button
            type="button"
            className="shade"
            aria-label="Close menu"
            onClick={() => setMenuOpen(false)}
          />
        )}
        <main className="pane">
          {place.kind === 'home' ? (
            <>
              {head}
              <HomeTab key={me} home={snapshot.home} />
            </>
          ) : (
            <ChannelPane
              channel={place.channel}
              messages={messages[place.channel.id] ?? []}
              usageHint={usageHint}
              draft={drafts[channelKey] ?? ''}
              setDraft={(draft) => setDraft(channelKey, draft)}
              openThread={(message) => setThread({ channel: shownChannel, rootTs: rootTsOf(message) })}
              head={head}
            />
          )}
        </main>
        {inThread && place.kind === 'channel' && (
          <ThreadPanel
            channel={place.channel}
            messages={messages[place.channel.id] ?? []}
            rootTs={inThread.rootTs}
            usageHint={usageHint}
            draft={drafts[threadKey] ?? ''}
            setDraft={(draft) => setDraft(threadKey, draft)}
            close={() => setThread(null)}
          />
        )}
        {panelOpen && (
          <ControlPanel
            control={snapshot.control}
            violations={snapshot.violations}
            receivedAt={receivedAt}
            close={() => setPanelOpen(false)}
          />
        )}
        <ModalStack modal={snapshot.modal} />
      </div>
    </WorkspaceContext>
  );
}
