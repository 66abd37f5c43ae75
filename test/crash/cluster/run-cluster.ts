import { setTimeout as pause } from 'node:timers/promises';
import type { Glance } from '../glance.ts';
import { type Runner, StuckError } from '../runner.ts';
import { type Life, type Member, startLife } from './member.ts';

/** Real milliseconds from one look to the next: a lease runs out in between, and a busy machine takes its time. */
const LOOK_LIMIT = 90_000;
/** Real milliseconds in which everything has to be told: a lane's lease runs out, Slack asks for patience. */
const TELL_LIMIT = 180_000;
const LOOK_EVERY = 10;

export interface ClusterParts {
  readonly members: readonly Member[];
  readonly glance: Glance;
  readonly envOf: (member: Member) => Readonly<Record<string, string>>;
  /** How long a place stays empty after its process was killed, in real milliseconds. */
  readonly restartAfter: () => number;
  readonly born: (life: Life) => void;
  /** Takes leave of a process that ended: cuts what is left of its connections. */
  readonly buried: (life: Life, member: Member) => Promise<void>;
  readonly onCycleBegins: (listener: ((member: Member) => void) | null) => void;
  readonly meanwhile: () => void;
  readonly onLog: (line: string) => void;
}

export interface Cluster extends Runner {
  /** Kills the process in this place, if there is one. */
  readonly kill: (member: Member) => void;
  /** Resolves when there is a process in every place, ready to work. */
  readonly complete: () => Promise<void>;
  /** How many processes ended by SIGKILL. */
  readonly killed: () => number;
}

/** Runs all members of a cluster on one store, each in a process of its own. One that is killed comes back after a while. */
export function runCluster(parts: ClusterParts): Cluster {
  const { members, glance, onLog } = parts;
  /** One for each place, while a process is there or will be. */
  let keeping: readonly Promise<void>[] = [];
  let closing: AbortController | null = null;
  let broken: Error | null = null;
  let killed = 0;

  const keep = async (member: Member, stopping: AbortSignal) => {
    while (!stopping.aborted) {
      const life = startLife(member, parts.envOf(member), onLog);
      member.life = life;
      parts.born(life);
      await life.ended;
      member.life = null;
      await parts.buried(life, member);
      const { signalCode, exitCode } = life.child;
      if (signalCode === 'SIGKILL') killed += 1;
      else if (!stopping.aborted || !wasStopped(life)) {
        broken ??= new Error(`${member.name} ended by itself with ${signalCode ?? exitCode}: ${life.stderr}`);
        return;
      }
      await pause(parts.restartAfter(), undefined, { signal: stopping }).catch(() => undefined);
    }
  };
  const start = () => {
    if (closing !== null) return;
    const stopping = new AbortController();
    closing = stopping;
    keeping = members.map((member) => keep(member, stopping.signal));
  };
  const lives = () => members.flatMap(({ life }) => life ?? []);
  const within = async <Result>(
    limit: number,
    what: string,
    ask: () => Promise<Result | null> | Result | null,
  ) => {
    const begun = performance.now();
    for (;;) {
      if (broken !== null) throw broken;
      const result = await ask();
      if (result !== null) return result;
      if (performance.now() - begun > limit) throw new StuckError(what);
      await pause(LOOK_EVERY);
    }
  };

  return {
    killed: () => killed,
    async complete() {
      await within(LOOK_LIMIT, 'a process does not start', () =>
        members.every(({ life }) => life?.alive && life.port !== null) ? true : null,
      );
    },
    kill({ life }) {
      if (!life?.alive) return;
      life.alive = false;
      life.child.kill('SIGKILL');
    },
    async look(move) {
      start();
      // A life that ends takes its failed looks with it: what counts is one more than there are now.
      const before = new Map(lives().map((life) => [life, life.looks.length]));
      const newlyFailed = () =>
        lives().some((life) => life.looks.slice(before.get(life) ?? 0).includes('failed'));
      const course: { awaited: { readonly life: Life; readonly at: number } | null } = { awaited: null };
      parts.onCycleBegins(({ life }) => {
        if (life === null) return;
        parts.onCycleBegins(null);
        course.awaited = { life, at: life.looks.length };
        move();
      });
      try {
        return await within(LOOK_LIMIT, 'nobody looks at the platform', () => {
          const look = course.awaited;
          if (look === null) return newlyFailed() ? 'failed' : null;
          return look.life.looks[look.at] ?? (look.life.alive ? null : 'died');
        });
      } finally {
        parts.onCycleBegins(null);
      }
    },
    async settle() {
      return await within(TELL_LIMIT, 'the outbox did not become empty', async () => {
        parts.meanwhile();
        return (await glance.allTold()) ? 'settled' : null;
      });
    },
    async stop() {
      closing?.abort();
      closing = null;
      for (const { life } of members) {
        if (!life?.alive) continue;
        life.stopping = true;
        life.child.kill('SIGTERM');
      }
      await Promise.all(keeping);
      keeping = [];
      if (broken !== null) throw broken;
    },
  };
}

/** As an operator stops it; before it listens for that, the signal itself ends it. */
function wasStopped({ child, port }: Life): boolean {
  return child.exitCode === 0 || (child.signalCode === 'SIGTERM' && port === null);
}
