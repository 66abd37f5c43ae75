import type { Workspace } from '../workspace/workspace.ts';

/** What stands in the channels before anybody looks: people at work, so that no page opens empty. */
export async function greet(workspace: Workspace): Promise<void> {
  const says = (user: string, channel: string, text: string) => workspace.write({ user, channel, text });
  await says(
    'ana',
    'iot-ops',
    'Morning! Lumo 4 lamps in the harbour get 3.1 today, 240 of them for a start.',
  );
  await says(
    'wei',
    'iot-ops',
    'Watching. Parking sensors run in parallel, they only update when they come online.',
  );
  await says('sam', 'iot-alerts', 'Quiet night here.');
  await says('sam', 'iot-private', 'Norgas wants numbers for the gas meters by Friday.');
  await says('olga', 'shared-vendor', 'Hi from Vendor Ltd. How far is the WM31 rollout?');
  // Without this word nothing is told where another organisation reads along.
  const subscription = 'subscribe failed model:WM31 external:yes';
  await workspace.command({ user: 'sam', channel: 'shared-vendor', text: subscription });
  await workspace.until(
    (seen) => seen.channel('shared-vendor').some(({ text }) => text.includes('WM31 on:')),
    {
      what: 'the subscription of the shared channel',
      timeoutMs: 20_000,
    },
  );
  await workspace.command({ user: 'wei', channel: 'shared-vendor', text: 'running model:WM31' });
}
