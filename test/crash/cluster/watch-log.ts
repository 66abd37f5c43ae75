import type { ClusterFigures } from '../played.ts';
import type { Life } from './member.ts';
import { judgeTurns, mostInAMinute, type Turn } from './watch-turns.ts';

/** After a death another process goes on within this time: a lease, and the next time somebody asks for it. */
const RESUMED_WITHIN = 30_000;

type WatchFigures = Omit<ClusterFigures, 'asked' | 'answered' | 'late'>;

/** Who called the platform, and who lived meanwhile. */
export interface WatchLog {
  born(life: Life): void;
  ended(life: Life, role: 'worker' | 'web'): void;
  /** `at`: by the clock of the platform. */
  called(life: Life | null, by: 'worker' | 'web', at: number): void;
  verdict(callsAllowed: number): { readonly problems: readonly string[]; readonly figures: WatchFigures };
}

export function createWatchLog(): WatchLog {
  const numbers = new WeakMap<Life, number>();
  const endedAt = new Map<number, number>();
  const turns: Turn[] = [];
  const calls: number[] = [];
  let lives = 0;
  return {
    born(life) {
      lives += 1;
      numbers.set(life, lives);
    },
    ended(life, role) {
      if (role === 'worker') endedAt.set(numbers.get(life) ?? 0, performance.now());
    },
    called(life, by, clockAt) {
      calls.push(clockAt);
      if (life === null || by === 'web') return;
      const at = performance.now();
      turns.push({ life: numbers.get(life) ?? 0, at, readyAt: life.readyAt ?? at });
    },
    verdict(callsAllowed) {
      const { problems, longestHandover, handovers } = judgeTurns(turns, endedAt);
      const mostCalls = mostInAMinute(calls);
      return {
        problems: [
          ...problems,
          ...(longestHandover > RESUMED_WITHIN
            ? [`a process was ready to watch and did not for ${Math.round(longestHandover / 1_000)} s`]
            : []),
          ...(mostCalls > callsAllowed ? [`${mostCalls} calls in a minute instead of ${callsAllowed}`] : []),
        ],
        figures: { calls: turns.length, handovers, longestHandover, mostCalls, callsAllowed },
      };
    },
  };
}
