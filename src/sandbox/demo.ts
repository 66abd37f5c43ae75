import { parseArgs } from 'node:util';
import { keepRunning } from './demo/keep-running.ts';
import { startNarrator } from './demo/narrate.ts';
import { playDay, sumUp } from './demo/play-day.ts';
import { startSandbox } from './demo/start-sandbox.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });

console.log('Starting a simulated IoT platform, a Slack workspace and the bot on this machine …');
const sandbox = await startSandbox();
console.log('What follows is #iot-ops as its members see it.\n');
const narrator = startNarrator(sandbox.workspace, (line) => console.log(line));
try {
  await playDay(sandbox, narrator);
  sumUp(sandbox, narrator);
  if (values.keep) await keepRunning(sandbox, narrator);
} finally {
  narrator.stop();
  await sandbox.stop();
}
