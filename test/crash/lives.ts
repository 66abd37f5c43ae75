import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import type { JumpingClock } from './jumping-clock.ts';
import type { Point } from './points.ts';
import { createStatementPoints } from './statement-points.ts';
import { type StatementGuard, watchStatements } from './watch-statements.ts';

/** Thrown at a bot that was killed, wherever it still tries to do something. */
export class Killed extends Error {
  constructor() {
    super('The bot was killed.');
  }
}

/** One bot in this process, from its start to its death. */
export interface Life {
  readonly alive: () => boolean;
  /** Resolves with its death. */
  readonly death: Promise<void>;
  /**
   * Kills the bot: its connections to the store are closed without a commit, every wait of it ends, and whatever it
   * tries from then on fails. Its code may run on, as an echo; it reaches nothing any more.
   */
  readonly die: () => void;
  readonly delay: JumpingClock['delay'];
  /** Runs the bot: what it opens and starts in there belongs to this life. */
  readonly run: <Result>(work: () => Result) => Result;
}

export interface Lives {
  /** `reached` is told of every point at a statement, and returns whether the bot dies there. */
  begin(clock: JumpingClock, reached: (point: Point) => boolean): Life;
}

interface Living {
  readonly guard: (connection: DatabaseSync) => StatementGuard;
}

/** Lets bots live and die in this process. The guard before `node:sqlite` stays, so this is called once. */
export function createLives(onStatement: () => void): Lives {
  const living = new AsyncLocalStorage<Living>();
  // Connections opened outside of any life are the test's own.
  watchStatements((connection) => living.getStore()?.guard(connection) ?? null);
  return {
    begin(clock, reached) {
      const points = createStatementPoints();
      const connections = new Set<DatabaseSync>();
      const dead = new AbortController();
      const died = Promise.withResolvers<void>();
      const die = () => {
        if (dead.signal.aborted) return;
        for (const connection of connections) if (connection.isOpen) connection.close();
        dead.abort(new Killed());
        died.resolve();
      };
      const pass = (point: Point | null) => {
        dead.signal.throwIfAborted();
        if (point === null || !reached(point)) return;
        die();
        throw new Killed();
      };
      const guard = (connection: DatabaseSync): StatementGuard => {
        dead.signal.throwIfAborted();
        connections.add(connection);
        return {
          before(statement) {
            onStatement();
            pass('while it starts');
            pass(points.before(statement));
          },
          after: (statement) => pass(points.after(statement)),
        };
      };
      return {
        alive: () => !dead.signal.aborted,
        death: died.promise,
        die,
        async delay(milliseconds, signal) {
          // The echo of a bot may wait in a loop. Without a turn in between nothing else would run any more.
          if (dead.signal.aborted) await turn();
          await clock.delay(milliseconds, AbortSignal.any([signal, dead.signal]));
        },
        run: (work) => living.run({ guard }, work),
      };
    },
  };
}
