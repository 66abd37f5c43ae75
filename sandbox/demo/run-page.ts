import { playDemoHours, randomTask, seededRandom } from '../platform/index.ts';
import { startPage } from '../web/server/start-page.ts';
import { greet } from './greet.ts';
import { type Sandbox, startSandbox } from './start-sandbox.ts';

/** A minute of the fleet passes in a second: a failure arrives within the first minute somebody looks. */
const SPEED = 60;
const TEND_EVERY_MS = 5_000;
const ACTIVE_TASKS = 5;
const KEPT_CALLS = 5_000;

/** Starts everything, serves the page and keeps on until the signal comes. */
export async function runPage(
  write: (line: string) => void,
  until: AbortSignal,
  port: number,
): Promise<void> {
  write('Starting a simulated IoT platform, a Slack workspace and the bot on this machine …');
  const sandbox = await startSandbox({ stalledAfter: '90s' });
  const { platform, workspace, bot } = sandbox;
  try {
    const page = await startPage({ platform, workspace, bot, port });
    await greet(workspace);
    playDemoHours(platform);
    platform.clock.follow({ speed: SPEED });
    const tending = setInterval(tend(sandbox), TEND_EVERY_MS);
    write(`\n   ${page.url}\n\nOpen it in a browser. Ctrl-C ends everything.`);
    await ended(until);
    clearInterval(tending);
    await page.close();
  } finally {
    await sandbox.stop();
  }
}

/** While time flows, new tasks take the place of those that ended; the log of calls does not grow for ever. */
function tend({ platform }: Sandbox): () => void {
  const { clock, fleet } = platform;
  const random = seededRandom(platform.seed ^ 0x7e4d);
  return () => {
    if (platform.calls.length > KEPT_CALLS) platform.clearCalls();
    const { processing = 0 } = fleet.countsByStatus();
    if (clock.speed > 0 && processing < ACTIVE_TASKS) fleet.addTask(randomTask(fleet, random));
  };
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
