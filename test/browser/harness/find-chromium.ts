import { existsSync } from 'node:fs';

/** Where distributions put it; Playwright's own download is never used. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser of this machine, or null. */
export function findChromium(exists: (path: string) => boolean = existsSync): string | null {
  return PLACES.find(exists) ?? null;
}

/** What to do where there is none. */
export const HOW_TO_GET_ONE = `These tests look at the page in a real browser, and this machine has none.
Debian and Ubuntu:  apt-get install chromium
macOS:              brew install --cask chromium`;
