import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/**
 * Keeps the socket open. The client reconnects by itself after a disconnect of Slack's, but stays down when opening a
 * connection fails; then it is started again here, less and less often, until it is stopped.
 */
export function superviseSocket(
  app: App,
  client: SocketModeReceiver['client'],
  log: Logger,
): { readonly trouble: () => string | null; readonly stop: () => Promise<void> } {
  let connected = false;
  let stopping = false;
  let wait = SHORTEST_WAIT;
  let timer: NodeJS.Timeout | null = null;
  client.on('connected', () => {
    connected = true;
    wait = SHORTEST_WAIT;
    log.info('socket connected');
  });
  const again = (reason: string) => {
    connected = false;
    if (stopping || timer !== null) return;
    log.warn({ reason, milliseconds: wait }, 'socket down; connecting again');
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const connect = () =>
    app.start().catch((error: unknown) => again(error instanceof Error ? error.message : 'unknown'));
  client.on('reconnecting', () => {
    connected = false;
  });
  client.on('disconnected', () => again('disconnected'));
  void connect();
  return {
    trouble: () => (connected ? null : 'the socket to Slack is not connected'),
    async stop() {
      stopping = true;
      if (timer !== null) clearTimeout(timer);
      await app.stop();
    },
  };
}
