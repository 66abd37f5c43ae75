import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Instant } from '../../lib/instant.ts';
import { needsAPerson, type SlackProblem, slackProblem } from '../out/slack-problem.ts';
import { createPauses } from './socket-pauses.ts';

/**
 * Pause after a refused token, in milliseconds. We still retry, so fixing the app at Slack needs no restart.
 */
const WAIT_FOR_A_PERSON = 5 * 60_000;
/** For the handshake and Slack's hello, in real milliseconds; the client alone would wait for ever. */
const HANDSHAKE_LIMIT = 20_000;

export interface SocketParts {
  readonly log: Logger;
  readonly now: () => Instant;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly handshakeLimit?: number;
}

export interface Socket {
  /** Null while users' requests can reach us. */
  readonly trouble: () => string | null;
  readonly connected: () => boolean;
  readonly stop: () => Promise<void>;
}

type Client = SocketModeReceiver['client'];

/**
 * Keeps the socket open. Slack replaces every connection after some hours, and the client's own reconnecting
 * waits five seconds, during which all commands fail. So we switch it off and reconnect ourselves: at once
 * after a steady connection, with growing pauses while connecting fails or no connection lasts, until
 * stopped.
 */
export function superviseSocket(app: App, client: Client, parts: SocketParts): Socket {
  const { log, delay } = parts;
  const stopping = new AbortController();
  const pauses = createPauses(parts.now);
  const handshake = limitHandshake(client, parts);
  let phase: 'connecting' | 'connected' | 'resting' = 'connecting';
  /** Why the last attempt failed. */
  let problem: SlackProblem | null = null;

  async function connect(): Promise<void> {
    phase = 'connecting';
    try {
      // Resolves with Slack's hello; rejects without an error if the connection ends before that.
      await app.start();
    } catch (error) {
      if (error === undefined) return rest({ reason: 'disconnected' });
      problem = slackProblem('SLACK_APP_TOKEN', error);
      rest({ ...problem });
    }
  }

  /** Schedules the next attempt; several reports of one disconnect schedule only one. */
  function rest(why: Readonly<Record<string, unknown>>): void {
    const rests = phase === 'resting';
    phase = 'resting';
    handshake.end();
    if (rests || stopping.signal.aborted) return;
    const pause = pauses.next();
    const refused = problem !== null && needsAPerson(problem);
    const milliseconds = refused ? WAIT_FOR_A_PERSON : pause;
    log[refused ? 'error' : 'warn']({ ...why, milliseconds }, 'socket down; connecting again');
    delay(milliseconds, stopping.signal).then(connect, () => undefined);
  }

  client.on('connecting', handshake.begin);
  client.on('connected', () => {
    phase = 'connected';
    problem = null;
    pauses.connected();
    handshake.end();
    log.info('socket connected');
  });
  client.on('disconnected', () => rest({ reason: 'disconnected' }));
  void connect();
  return {
    trouble: () => {
      if (phase === 'connected') return null;
      const why = problem === null ? '' : `. ${problem.problem} ${problem.advice}`;
      return `the socket to Slack is not connected${why}`;
    },
    connected: () => phase === 'connected',
    async stop() {
      stopping.abort();
      handshake.end();
      await app.stop();
    },
  };
}

/** Cuts off a connection attempt that takes too long; the client then emits `disconnected`. */
function limitHandshake(client: Client, { log, handshakeLimit = HANDSHAKE_LIMIT }: SocketParts) {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      timer = setTimeout(() => {
        log.warn({ milliseconds: handshakeLimit }, 'the socket does not come up; this attempt is given up');
        // Twice: the first call leaves a timer that would cut off a later connection; the second clears it.
        void client.disconnect();
        void client.disconnect();
      }, handshakeLimit);
    },
    end: () => clearTimeout(timer),
  };
}
