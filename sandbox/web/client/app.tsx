import { useEffect, useState } from 'react';
import { useSnapshot } from './state/use-snapshot.ts';
import { useStored } from './state/use-stored.ts';
import { useTheme } from './state/use-theme.ts';
import { Workspace } from './workspace.tsx';

/** The page: who acts, how it looks, and what that person sees. */
export function App() {
  const [user, setUser] = useStored('user', '');
  const [theme, turnTheme] = useTheme();
  const feed = useSnapshot(user);
  const { refused } = feed;
  // Somebody remembered from an earlier sandbox may not be in this one.
  useEffect(() => {
    if (refused && user !== '') setUser('');
  }, [refused, user, setUser]);
  // Kept here, above the person who acts, so that nothing typed is ever lost.
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  if (feed.snapshot === null) {
    return (
      <main className="starting">
        <p role="status">
          {feed.refused ? 'The sandbox does not answer. Trying again…' : 'Opening the workspace…'}
        </p>
      </main>
    );
  }
  return (
    <Workspace
      snapshot={feed.snapshot}
      connected={feed.connected}
      receivedAt={feed.receivedAt}
      chooseUser={setUser}
      theme={theme}
      turnTheme={turnTheme}
      drafts={drafts}
      setDraft={(key, draft) => setDrafts((all) => ({ ...all, [key]: draft }))}
    />
  );
}
