import type { RequestListener } from 'node:http';
import { App, ErrorCode, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { createHttpAgent, type ProxySettings } from '../../lib/http-agent.ts';
import { errorFields } from '../../lib/operational-error.ts';
import { createReportOnce } from '../../lib/report-once.ts';
import { rememberEvent } from '../../store/access/seen-events.ts';
import { boltLogger } from '../out/bolt-logger.ts';
import { askingClientOptions, type CountingFetch } from '../out/web-clients.ts';
import { createTeamsOfPerson } from '../workspaces/teams-of-person.ts';
import { createActs } from './acts.ts';
import { guardRequests } from './guard-requests.ts';
import { correlate } from './middleware/correlate.ts';
import { refuseNotAllowed } from './middleware/refuse-not-allowed.ts';
import { refuseOutsiders } from './middleware/refuse-outsiders.ts';
import type { SlackParts } from './parts.ts';
import { registerListeners } from './register.ts';
import { superviseSocket } from './supervise-socket.ts';

export interface SlackSettings {
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly apiUrl: string;
  readonly proxy: ProxySettings | null;
}

export interface SlackApp {
  /** Why users' requests cannot reach us; null if they can. */
  readonly trouble: () => string | null;
  /** Whether the socket is open; null if there is none. */
  readonly socketConnected: () => boolean | null;
  /** Handles Slack's requests whose body was already read; null in Socket Mode. */
  readonly listener: RequestListener | null;
  stop(): Promise<void>;
}

/** Builds the Bolt app with all listeners, served over HTTP, or over a socket if an app token is set. */
export async function startSlack(
  settings: SlackSettings,
  parts: Omit<SlackParts, 'acts' | 'onUnheard'>,
  fetch: CountingFetch,
): Promise<SlackApp> {
  const clientOptions = askingClientOptions(settings, parts.log, fetch);
  const logger = boltLogger(parts.log);
  const { db, log, now } = parts;
  const acts = createActs({
    now,
    takeOn: (key, milliseconds) => rememberEvent(db, `act:${key}`, now(), milliseconds),
    onTrouble: (error) => log.warn(errorFields(error), 'nobody can tell whether a press is the second'),
  });
  const onUnheard = createReportOnce((what) =>
    log.info({ what }, 'Slack sends what nothing here answers; it is acknowledged and not reported again'),
  );
  const teamsOfPerson = createTeamsOfPerson(now);
  const build = (receiver: Receiver) => {
    const app = new App({
      receiver,
      logger,
      clientOptions,
      convoStore: false,
      deferInitialization: true,
      authorize: parts.workspaces.authorize,
    });
    app.use(correlate(parts.newCorrelationId));
    app.use(refuseOutsiders({ ...parts, teamsOfPerson, onUnheard }));
    app.use(refuseNotAllowed(parts));
    registerListeners(app, { ...parts, acts, onUnheard });
    app.error(async (error) =>
      parts.log.error({ code: error.code, problem: error.message }, 'listener failed'),
    );
    return app;
  };
  if (settings.appToken !== null) {
    const agent = settings.proxy === null ? null : createHttpAgent(settings);
    const receiver = new SocketModeReceiver({
      appToken: settings.appToken,
      logger,
      // Without a proxy, pass no dispatcher: the client then creates one whose socket it can close itself.
      ...(agent !== null && { dispatcher: agent.dispatcher() }),
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
    });
    const app = build(receiver);
    await app.init();
    const socket = superviseSocket(app, receiver.client, parts);
    return {
      trouble: socket.trouble,
      socketConnected: socket.connected,
      listener: null,
      async stop() {
        await socket.stop();
        await agent?.destroy();
      },
    };
  }
  const signingSecret = settings.signingSecret ?? '';
  const receiver = new HTTPReceiver({
    signingSecret,
    logger,
    processEventErrorHandler: async ({ error, response }) => {
      const code = 'code' in error ? error.code : null;
      log.error({ code, name: error.name, problem: error.message }, 'a request could not be handled');
      if (!response.headersSent) response.writeHead(code === ErrorCode.AuthorizationError ? 401 : 400).end();
      return false;
    },
  });
  const app = build(receiver);
  await app.init();
  return {
    trouble: () => null,
    socketConnected: () => null,
    listener: guardRequests(receiver.requestListener, { signingSecret, now: Date.now, log }),
    // Its requests end with the server in front of it.
    stop: async () => undefined,
  };
}
