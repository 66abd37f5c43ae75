import { useEffect, useSyncExternalStore } from 'react';
import { useStored } from './use-stored.ts';

export type Theme = 'light' | 'dark';

const DARK = '(prefers-color-scheme: dark)';

/** Light or dark as the system wants it, until the person chooses. */
export function useTheme(): [Theme, () => void] {
  const system: Theme = useSyncExternalStore(follow, () => matchMedia(DARK).matches) ? 'dark' : 'light';
  const [chosen, choose] = useStored('theme', '');
  const theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : system;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, () => choose(theme === 'dark' ? 'light' : 'dark')];
}

function follow(changed: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}
