import { useSyncExternalStore } from 'react';

/** The part of the address after `#`, as it changes. */
export function useFragment(): string {
  return useSyncExternalStore(follow, () => location.hash);
}

function follow(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
