import type { ShownMessage } from '../../contract.ts';

/** The newest message of each channel the person has seen. */
export type Seen = Readonly<Record<string, string>>;

/** The newest timestamp of each channel. */
export function newestOf(messages: Readonly<Record<string, readonly ShownMessage[]>>): Seen {
  return Object.fromEntries(
    Object.entries(messages).map(([channel, all]) => [channel, all.at(-1)?.ts ?? '']),
  );
}

/** How many messages of the channel itself came after what was seen; replies count where the channel shows them. */
export function unreadOf(messages: readonly ShownMessage[], seen: string, me: string): number {
  return messages.filter(
    ({ ts, author, threadTs, broadcast }) =>
      ts > seen && author !== me && (threadTs === null || threadTs === ts || broadcast),
  ).length;
}
