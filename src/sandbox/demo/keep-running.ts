import { createInterface } from 'node:readline';
import type { Narrator } from './narrate.ts';
import type { Sandbox } from './start-sandbox.ts';

/** Keeps the sandbox up until Ctrl-C or the end of input; each line typed is sent as a command of Ana's. */
export async function keepRunning(
  { workspace, platform, botUrl }: Sandbox,
  narrator: Narrator,
): Promise<void> {
  platform.clock.follow({ speed: 1 });
  narrator.say(
    [
      '\nStill running. Type a question such as `failed` or `help` and press Enter; Ctrl-C ends it.',
      `   bot        ${botUrl} (/readyz, /metrics)`,
      `   platform   ${platform.url}`,
      `   workspace  ${workspace.apiUrl}`,
    ].join('\n'),
  );
  const input = createInterface({ input: process.stdin });
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  input.on('line', (line) => {
    const text = line.replace(/^\s*\/upgrades\b/, '').trim();
    narrator.typed('ana', `/upgrades ${text}`.trim());
    void workspace.command({ user: 'ana', channel: 'iot-ops', text });
  });
  await interrupted;
  input.close();
}
