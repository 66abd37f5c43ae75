import { startNarrator } from './narrate.ts';
import { playDay, sumUp } from './play-day.ts';
import { startSandbox } from './start-sandbox.ts';

/** The unattended run: a day of upgrades in about a minute, told in the terminal. */
export async function runScript(write: (line: string) => void): Promise<void> {
  write('Starting a simulated IoT platform, a Slack workspace and the bot on this machine …');
  // A day passes in 48 seconds: six hours of standing still are some twelve seconds.
  const sandbox = await startSandbox({ stalledAfter: '15s' });
  write('What follows is #iot-ops as its members see it.\n');
  const narrator = startNarrator(sandbox.workspace, write);
  try {
    await playDay(sandbox, narrator);
    sumUp(sandbox, narrator);
  } finally {
    narrator.stop();
    await sandbox.stop();
  }
}
