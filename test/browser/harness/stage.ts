import { type Sandbox, startSandbox } from '../../../sandbox/demo/start-sandbox.ts';
import type { PageFile } from '../../../sandbox/web/server/bundle-client.ts';
import { startPage } from '../../../sandbox/web/server/start-page.ts';

/** Everything one story plays on: the demo as people start it, but its time stands still until the story moves it. */
export interface Stage extends Sandbox {
  readonly url: string;
}

export async function openStage(client: ReadonlyMap<string, PageFile>): Promise<Stage> {
  // Six hours of real time: nothing stalls because a story takes its time.
  const sandbox = await startSandbox({ stalledAfter: '6h' });
  const page = await startPage({ ...sandbox, client });
  return {
    ...sandbox,
    url: page.url,
    async stop() {
      await page.close();
      await sandbox.stop();
    },
  };
}
