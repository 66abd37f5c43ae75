import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { bundleClient } from '../../sandbox/web/server/bundle-client.ts';
import { findChromium, HOW_TO_GET_ONE } from './harness/find-chromium.ts';
import { type Theatre, tellStory } from './harness/tell-story.ts';
import { STORIES } from './stories/index.ts';

const LIMIT_MS = 90_000;

const { values } = parseArgs({
  options: {
    /** Where pictures are left; default a new folder of the system's temporary one. */
    screenshots: { type: 'string' },
    /** Only stories with this in their name. */
    only: { type: 'string', default: '' },
  },
});

const executablePath = findChromium();
if (executablePath === null) {
  console.error(HOW_TO_GET_ONE);
  process.exit(1);
}

const screenshots =
  values.screenshots === undefined
    ? await mkdtemp(join(tmpdir(), 'upgrades-screenshots-'))
    : resolve(values.screenshots);
await mkdir(screenshots, { recursive: true });

let theatre: Theatre | null = null;

before(async () => {
  const client = await bundleClient();
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      // Without these the browser talks to its maker at every start.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  theatre = { browser, client, screenshots };
});

after(async () => {
  await theatre?.browser.close();
  console.log(`screenshots: ${screenshots}`);
});

for (const story of STORIES.filter(({ name }) => name.includes(values.only))) {
  test(story.name, { timeout: LIMIT_MS }, async () => {
    if (theatre === null) throw new Error('There is no browser.');
    await tellStory(theatre, story);
  });
}
