import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PageFile } from '../../../sandbox/web/server/bundle-client.ts';
import { BrowserWindow } from './browser-window.ts';
import { openStage } from './stage.ts';
import type { Story } from './story.ts';

export interface Theatre {
  readonly browser: Browser;
  readonly client: ReadonlyMap<string, PageFile>;
  readonly screenshots: string;
}

/** Tells one story on a stage of its own and leaves a picture of each window's end. */
export async function tellStory({ browser, client, screenshots }: Theatre, story: Story): Promise<void> {
  const stage = await openStage(client);
  const windows: BrowserWindow[] = [];
  const name = story.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  let ending = 'end';
  try {
    await story.tell({
      stage,
      async open(look) {
        const shots = {
          folder: screenshots,
          name: windows.length === 0 ? name : `${name}-${windows.length + 1}`,
        };
        const window = await BrowserWindow.open(browser, stage.url, shots, look);
        windows.push(window);
        return window;
      },
    });
    const complaints = windows.flatMap((window) => window.complaints);
    const unexpected = complaints.filter((one) => !story.complaints?.test(one));
    assert.deepEqual(unexpected, [], 'the browser complained');
    if (!story.beyondLimits) assert.deepEqual(stage.workspace.violations, [], "beyond Slack's limits");
  } catch (error) {
    ending = 'failed';
    const complaints = windows.flatMap((window) => window.complaints).join('\n');
    if (complaints !== '') console.error(complaints);
    throw error;
  } finally {
    for (const window of windows) {
      await window.screenshot(ending).catch(() => undefined);
      await window.close();
    }
    await stage.stop();
  }
}
