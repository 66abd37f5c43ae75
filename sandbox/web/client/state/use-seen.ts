import { useEffect, useState } from 'react';
import type { Snapshot } from '../../contract.ts';
import { newestOf, type Seen } from './unread.ts';

/** What the person has seen of each channel. All that was there when the person came counts as seen. */
export function useSeen(me: string, messages: Snapshot['messages'], shownChannel: string): Seen {
  const [known, setKnown] = useState<Readonly<Record<string, Seen>>>(() => ({ [me]: newestOf(messages) }));
  const newest = newestOf(messages);
  const seen = known[me] ?? newest;
  const shownNewest = newest[shownChannel];
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is shown is seen; the rest stays as it was
  useEffect(() => {
    setKnown((all) => ({
      ...all,
      [me]: { ...seen, ...(shownNewest !== undefined && { [shownChannel]: shownNewest }) },
    }));
  }, [me, shownChannel, shownNewest]);
  return seen;
}
