import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Instant } from '../../lib/instant.ts';
import { needsAPerson, type SlackProblem, slackProblem } from '../out/slack-problem.ts';
import { createPauses } from './socket-pauses.ts';

/** A refused token is tried again all the same: whoever mends the app on Slack's side need not restart the bot. */
const WAIT_FOR_A_PERSON = 5 * 60_000;
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

type Client = SocketModeReceiver['client'];

/**
 * Keeps the socket open. Slack replaces every connection after some hours; the client's own way back waits five seconds
 * first, in which all that people type fails. So its reconnecting is switched off and done here: at once after a steady
 * connection, less and less often while opening one fails or none holds, until it is stopped.
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
      // Resolves with Slack's hello; rejects without an error when the connection ends before that.
      await app.start();
    } catch (error) {
      if (error === undefined) return rest({ reason: 'disconnected' });
      problem = slackProblem('SLACK_APP_TOKEN', error);
      rest({ ...problem });
    }
  }

  /** The next attempt follows; where several things tell of one end, one does. */
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

/** Cuts an attempt to connect off that takes too long; the client says `disconnected` then. */
function limitHandshake(client: Client, { log, handshakeLimit = HANDSHAKE_LIMIT }: SocketParts) {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      timer = setTimeout(() => {
        log.warn({ milliseconds: handshakeLimit }, 'the socket does not come up; this attempt is given up');
        // Twice, since the first call leaves a timer behind that would cut a later connection off; the second takes that
        // away.
        void client.disconnect();
        void client.disconnect();
      }, handshakeLimit);
    },
    end: () => clearTimeout(timer),
  };
}
