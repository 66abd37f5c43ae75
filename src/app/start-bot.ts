import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { machineClock } from '../lib/machine-clock.ts';
import { errorFields } from '../lib/operational-error.ts';
import { createClosing } from '../lib/work/closing.ts';
import type { CycleOutcome } from '../watch/watch-parts.ts';
import { startAnswering } from './answering.ts';
import { type BotParts, type Common, openCommon } from './common.ts';
import { servePages } from './pages.ts';
import { ROLES, type Role } from './roles.ts';
import { startTelling } from './telling.ts';

export interface Bot {
  readonly port: number;
  /** Runs a poll cycle now and resolves with its outcome; null in a process that does not poll. */
  readonly pollNow: () => Promise<CycleOutcome | null>;
  /** Accepts no new work, finishes and records posts in progress, and closes the store. */
  readonly stop: () => Promise<void>;
  /** Names of the parts a stop is still waiting for. */
  readonly stopping: () => readonly string[];
}

/** The production parts, on the machine's clock. Schedules alone do not keep the process alive. */
export function realParts(log: Logger): BotParts {
  return {
    log,
    clock: machineClock({ keepsAlive: true }),
    schedules: machineClock({ keepsAlive: false }),
    newId: randomUUID,
  };
}

/**
 * Wires up and starts one process. Rejects with an OperationalError if the settings or the store are
 * unusable. If the start fails for any reason, nothing stays open.
 */
export async function startBot(config: Config, role: Role, parts: BotParts): Promise<Bot> {
  const { log } = parts;
  const { answers, tells } = ROLES[role];
  const closing = createClosing();
  try {
    const common = await openCommon(config, role, parts, closing);
    const answering = answers ? await startAnswering(config, parts, common, closing) : null;
    const port = await servePages(config, parts, common, answering, closing);
    leaveRemovedWorkspaces(common, log);
    const watch = tells ? startTelling(config, parts, common, closing) : null;
    log.info({ role, port }, 'started');
    return {
      port,
      pollNow: async () => (await watch?.pollNow()) ?? null,
      async stop() {
        await closing.close();
        log.info('stopped');
      },
      stopping: closing.pending,
    };
  } catch (error) {
    await closing
      .close()
      .catch((second: unknown) => log.error(errorFields(second), 'not everything was closed'));
    throw error;
  }
}

function leaveRemovedWorkspaces({ slack, inFlight }: Common, log: Logger): void {
  inFlight
    .track(slack.leaveRemoved())
    .catch((error: unknown) => log.error(errorFields(error), 'workspaces taken off the list were not left'));
}
