import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { App, SocketModeReceiver } from '@slack/bolt';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { createLog } from '../../../src/ops/log.ts';
import { type Socket, superviseSocket } from '../../../src/slack/app/supervise-socket.ts';
import { boltLogger } from '../../../src/slack/out/bolt-logger.ts';
import { LogWatch } from '../../stories/harness/log-watch.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function connecting(prepare: (workspace: Workspace) => void) {
  const workspace = await startWorkspace({});
  open.push(() => workspace.close());
  prepare(workspace);
  const watch = new LogWatch();
  const log = createLog('debug', { write: (line: string) => watch.write(line) });
  const logger = boltLogger(log);
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } } },
  });
  const app = new App({
    receiver,
    logger,
    convoStore: false,
    deferInitialization: true,
    authorize: async () => ({ botToken: workspace.botToken }),
  });
  await app.init();
  /** How long each pause was meant to be; none of them is waited for. */
  const pauses: number[] = [];
  const delay = async (milliseconds: number, signal: AbortSignal) => {
    pauses.push(milliseconds);
    await sleep(5, undefined, { signal });
  };
  const parts = { log, now: Date.now, delay, handshakeLimit: 300 };
  const socket: Socket = superviseSocket(app, receiver.client, parts);
  open.push(async () => {
    await socket.stop();
    // Cut before it has ended, the client would wait for the other side's goodbye for half a minute.
    await workspace.until((seen) => seen.socketCount === 0, { what: 'the end of the socket' });
  });
  return { workspace, watch, socket, pauses };
}

describe('opening the socket', () => {
  test('a handshake that hangs is given up, and the next one connects', async () => {
    const { workspace, watch, socket } = await connecting((one) =>
      one.fault({ method: 'socket', kind: 'hang' }),
    );
    await watch.until(({ msg }) => msg.includes('this attempt is given up'), 'that it gave up');
    expect(socket.trouble()).toMatch(/^the socket to Slack is not connected/);
    await workspace.until((seen) => seen.socketCount === 1, { what: 'a socket' });
    await watch.until(({ msg }) => msg === 'socket connected', 'that it is connected');
    expect(socket.trouble()).toBeNull();
  });

  test('connections that are cut at once are tried less and less often, one at a time', async () => {
    const { workspace, watch, pauses } = await connecting((one) =>
      one.fault({ method: 'socket', kind: 'refuse-connection', times: 7 }),
    );
    await watch.until(({ msg }) => msg === 'socket connected', 'that it is connected');
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(workspace.apiCalls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(8);
  });
});
