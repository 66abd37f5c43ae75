import type { ShownChannel } from '../../contract.ts';

/** What the middle of the page shows: the bot's home tab, or a channel. */
export type Place = { readonly kind: 'home' } | { readonly kind: 'channel'; readonly channel: ShownChannel };

const HOME = 'home';

/** The place an address's fragment names; the first channel where it names none this person is in. */
export function placeOf(fragment: string, channels: readonly ShownChannel[]): Place | null {
  const name = decodeURIComponent(fragment.replace(/^#/, ''));
  if (name === HOME) return { kind: 'home' };
  const channel = channels.find((one) => nameInAddress(one) === name) ?? channels[0];
  return channel === undefined ? null : { kind: 'channel', channel };
}

/** The fragment that leads to a place, so that a reload comes back to it. */
export function fragmentOf(place: Place): string {
  return `#${place.kind === 'home' ? HOME : nameInAddress(place.channel)}`;
}

function nameInAddress({ kind, name }: ShownChannel): string {
  return kind === 'direct' ? `@${name}` : name;
}
