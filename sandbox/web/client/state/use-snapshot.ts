import { useEffect, useState } from 'react';
import type { Snapshot } from '../../contract.ts';
import { keepSame } from './keep-same.ts';

export interface Feed {
  readonly snapshot: Snapshot | null;
  readonly connected: boolean;
  /** There was an answer, and it was not what was asked for: nobody has this name, or nothing runs there. */
  readonly refused: boolean;
  /** When the snapshot came, by the page's clock. */
  readonly receivedAt: number;
}

const RETRY = 1_000;

/** What a person sees, as it changes. Lost connections come back by themselves; what was seen stays meanwhile. */
export function useSnapshot(user: string): Feed {
  const [feed, setFeed] = useState<Feed>({ snapshot: null, connected: false, refused: false, receivedAt: 0 });
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource(`/events?user=${encodeURIComponent(user)}`);
      source.onmessage = ({ data }: MessageEvent<string>) => {
        // The server is the other half of this page and sends nothing but snapshots.
        const fresh = JSON.parse(data) as Snapshot;
        setFeed(({ snapshot }) => ({
          snapshot: keepSame(snapshot, fresh),
          connected: true,
          refused: false,
          receivedAt: Date.now(),
        }));
      };
      source.onerror = () => {
        const refused = source.readyState === EventSource.CLOSED;
        setFeed((feed) => ({ ...feed, connected: false, refused }));
        // The browser repeats by itself unless it was answered with an error.
        if (refused) timer = setTimeout(connect, RETRY);
      };
    };
    connect();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [user]);
  return feed;
}
