import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Instant } from '../core/task.ts';

const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** A connection that held this long was a good one: Slack takes those away now and then, and means no harm by it. */
const STEADY = 10_000;

/**
 * Keeps the socket open. Slack replaces every connection after some hours; the client's own way back waits five seconds
 * first, in which all that people type fails. So its reconnecting is switched off and done here: at once after a steady
 * connection, less and less often while opening one fails or none holds, until it is stopped.
 */
export function superviseSocket(
  app: App,
  client: SocketModeReceiver['client'],
  { log, now }: { readonly log: Logger; readonly now: () => Instant },
): { readonly trouble: () => string | null; readonly stop: () => Promise<void> } {
  let connected = false;
  let stopping = false;
  let wait = SHORTEST_WAIT;
  let connectedAt: Instant | null = null;
  let timer: NodeJS.Timeout | null = null;
  client.on('connected', () => {
    connected = true;
    connectedAt = now();
    log.info('socket connected');
  });
  const again = (reason: string) => {
    connected = false;
    if (stopping || timer !== null) return;
    if (connectedAt !== null && now() - connectedAt >= STEADY) wait = 0;
    connectedAt = null;
    log.warn({ reason, milliseconds: wait }, 'socket down; connecting again');
    timer = setTimeout(() => {
      timer = null;
      void connect();
    }, wait);
    wait = Math.min(Math.max(wait * 2, SHORTEST_WAIT), LONGEST_WAIT);
  };
  const connect = () =>
    app.start().catch((error: unknown) => again(error instanceof Error ? error.message : 'unknown'));
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
