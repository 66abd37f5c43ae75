import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Instant } from '../../lib/instant.ts';
import { needsAPerson, type SlackProblem, slackProblem } from '../out/slack-problem.ts';

const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** A refused token is tried again all the same: whoever mends the app on Slack's side need not restart the bot. */
const WAIT_FOR_A_PERSON = 5 * 60_000;
/** A connection that held this long was a good one: Slack takes those away now and then, and means no harm by it. */
const STEADY = 10_000;
/** For the handshake and Slack's hello; the client itself waits for ever. Real time: it is a limit of the network. */
const HANDSHAKE_LIMIT = 20_000;

export interface SocketParts {
  readonly log: Logger;
  readonly now: () => Instant;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly handshakeLimit?: number;
}

export interface Socket {
  /** Null while requests of people can reach us. */
  readonly trouble: () => string | null;
  readonly connected: () => boolean;
  readonly stop: () => Promise<void>;
}

/**
 * Keeps the socket open. Slack replaces every connection after some hours; the client's own way back waits five seconds
 * first, in which all that people type fails. So its reconnecting is switched off and done here: at once after a steady
 * connection, less and less often while opening one fails or none holds, until it is stopped.
 */
export function superviseSocket(
  app: App,
  client: SocketModeReceiver['client'],
  { log, now, delay, handshakeLimit = HANDSHAKE_LIMIT }: SocketParts,
): Socket {
  const stopping = new AbortController();
  let connected = false;
  let wait = SHORTEST_WAIT;
  let connectedAt: Instant | null = null;
  let problem: SlackProblem | null = null;
  let due = false;
  let handshake: NodeJS.Timeout | undefined;
  client.on('connected', () => {
    connected = true;
    problem = null;
    connectedAt = now();
    clearTimeout(handshake);
    log.info('socket connected');
  });
  const again = (why: Readonly<Record<string, unknown>>) => {
    connected = false;
    clearTimeout(handshake);
    if (stopping.signal.aborted || due) return;
    due = true;
    if (connectedAt !== null && now() - connectedAt >= STEADY) wait = 0;
    connectedAt = null;
    const milliseconds = problem !== null && needsAPerson(problem) ? WAIT_FOR_A_PERSON : wait;
    const level = problem !== null && needsAPerson(problem) ? 'error' : 'warn';
    log[level]({ ...why, milliseconds }, 'socket down; connecting again');
    wait = Math.min(Math.max(wait * 2, SHORTEST_WAIT), LONGEST_WAIT);
    delay(milliseconds, stopping.signal).then(
      () => {
        due = false;
        if (!connected) void connect();
      },
      () => undefined,
    );
  };
  const connect = async () => {
    try {
      // Resolves with Slack's hello; rejects without an error when the connection ends before that.
      await app.start();
    } catch (error) {
      if (error === undefined) return again({ reason: 'disconnected' });
      problem = slackProblem('SLACK_APP_TOKEN', error);
      again({ ...problem });
    }
  };
  client.on('connecting', () => {
    handshake = setTimeout(() => {
      log.warn({ milliseconds: handshakeLimit }, 'the socket does not come up; this attempt is given up');
      // Cut off, the client says `disconnected`, which leads to the next attempt. Twice, since the first call leaves a timer
      // behind that would cut a later connection off; the second takes that away.
      void client.disconnect();
      void client.disconnect();
    }, handshakeLimit);
  });
  client.on('disconnected', () => again({ reason: 'disconnected' }));
  void connect();
  return {
    trouble: () => {
      if (connected) return null;
      const why = problem === null ? '' : `. ${problem.problem} ${problem.advice}`;
      return `the socket to Slack is not connected${why}`;
    },
    connected: () => connected,
    async stop() {
      stopping.abort();
      clearTimeout(handshake);
      await app.stop();
    },
  };
}
