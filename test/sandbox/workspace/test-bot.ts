import type { AddressInfo } from 'node:net';
import bolt from '@slack/bolt';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { quietLogger } from './quiet-logger.ts';

const { App, HTTPReceiver, SocketModeReceiver } = bolt;
type BoltApp = InstanceType<typeof App>;

/** A small real bot, listening; `stop` ends it. */
export interface TestBot {
  readonly stop: () => Promise<void>;
}

const clientOptionsOf = (workspace: Workspace) => ({
  slackApiUrl: workspace.apiUrl,
  retryConfig: { retries: 0 },
  logger: quietLogger(),
});

async function init(
  workspace: Workspace,
  receiver: bolt.Receiver,
  listen: (app: BoltApp) => void,
): Promise<BoltApp> {
  const app = new App({
    token: workspace.botToken,
    receiver,
    clientOptions: clientOptionsOf(workspace),
    convoStore: false,
    deferInitialization: true,
    logger: quietLogger(),
  });
  listen(app);
  await app.init();
  return app;
}

/** A bot in HTTP mode on a free port; the workspace is told where it is. */
export async function startHttpBot(workspace: Workspace, listen: (app: BoltApp) => void): Promise<TestBot> {
  const { signingSecret } = workspace;
  const receiver = new HTTPReceiver({ signingSecret, port: 0, logger: quietLogger() });
  const app = await init(workspace, receiver, listen);
  const server = await receiver.start(0);
  // The receiver listens on a TCP port, so its address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  workspace.connectHttp(`http://127.0.0.1:${port}/slack/events`);
  return {
    stop: async () => {
      await app.stop();
    },
  };
}

/** A bot in Socket Mode, connected. */
export async function startSocketBot(workspace: Workspace, listen: (app: BoltApp) => void): Promise<TestBot> {
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    clientPingTimeout: 100,
    logger: quietLogger(),
    installerOptions: { clientOptions: clientOptionsOf(workspace) },
  });
  const app = await init(workspace, receiver, listen);
  await app.start();
  return {
    stop: async () => {
      await app.stop();
      // app.stop() only asks for the close; the end of the connection is what matters here.
      await workspace.until((seen) => seen.socketCount === 0);
    },
  };
}
