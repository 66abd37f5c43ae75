import { fileURLToPath } from 'node:url';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { startProcess } from '../../bench/start-process.ts';

const FLOOR = fileURLToPath(new URL('../../bench/floor.ts', import.meta.url));
const ASK_EVERY = 250;

/** A Bolt app that does nothing, asked all the while: how slow it is shows how busy the machine is. */
export interface BareApp {
  /** Its slowest answer so far, in milliseconds. */
  slowest(): number;
  stop(): Promise<void>;
}

export async function startBareApp(workspace: Workspace): Promise<BareApp> {
  const app = await startProcess(FLOOR, {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
  });
  const url = app.eventsUrl.replace('/slack/events', '/readyz');
  let [slowest, asking] = [0, true];
  const ask = async () => {
    const begun = performance.now();
    await (await fetch(url)).text();
    slowest = Math.max(slowest, performance.now() - begun);
  };
  const living = (async () => {
    while (asking) {
      await ask();
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
    }
  })();
  return {
    slowest: () => slowest,
    async stop() {
      asking = false;
      await living;
      await app.stop();
    },
  };
}
