import { BOT_NAME, channelName } from '../shown/names.ts';
import type { Place } from '../state/place.ts';

interface PaneHeadProps {
  readonly place: Place;
  readonly connected: boolean;
  readonly openMenu: () => void;
  readonly panelOpen: boolean;
  readonly togglePanel: () => void;
}

const KINDS = {
  channel: '',
  private: 'private',
  shared: 'shared with another workspace',
  direct: 'app',
} as const;

/** What is shown below it, whether it is up to date, and what opens the sides. */
export function PaneHead({ place, connected, openMenu, panelOpen, togglePanel }: PaneHeadProps) {
  const note =
    place.kind === 'home' ? 'app' : place.channel.archived ? 'archived' : KINDS[place.channel.kind];
  return (
    <header className="pane-head">
      <button type="button" className="icon drawer-only" aria-label="Open menu" onClick={openMenu}>
        ☰
      </button>
      <h1>{place.kind === 'home' ? BOT_NAME : channelName(place.channel)}</h1>
      {note && <span className="muted head-note">{note}</span>}
      <span className="reconnecting" role="status">
        {connected ? '' : 'Reconnecting…'}
      </span>
      <button type="button" className="button small" aria-expanded={panelOpen} onClick={togglePanel}>
        {panelOpen ? 'Hide controls' : 'Controls'}
      </button>
    </header>
  );
}
