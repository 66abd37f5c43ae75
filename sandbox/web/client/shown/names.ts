import type { ShownChannel, Snapshot } from '../../contract.ts';

/** What the app is called, as in its manifest. */
export const BOT_NAME = 'upgrades';

/** Who wrote something, as the head of a message says it. */
export function authorName(id: string, { people, botId }: Pick<Snapshot, 'people' | 'botId'>): string {
  if (id === botId) return BOT_NAME;
  const person = people.find((one) => one.id === id);
  return person?.realName ?? id;
}

/** A channel as people write it: `#iot-ops`, or the name of whom one writes to. */
export function channelName({ kind, name }: ShownChannel): string {
  return kind === 'direct' ? name : `#${name}`;
}

/** Two letters for an avatar. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters =
    words.length > 1
      ? [words[0], words.at(-1)].map((word) => [...(word ?? '')][0])
      : [...(words[0] ?? '?')].slice(0, 1);
  return letters.join('').toUpperCase();
}
