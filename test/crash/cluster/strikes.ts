import type { Random } from '../../../sandbox/platform/fleet/random.ts';

/** Kills that come from nowhere: within this time from the beginning of a step, in real milliseconds. */
const WITHIN = 6_000;
/** How likely a step is struck, and how likely once more. */
const STRUCK = { once: 0.6, again: 0.3 } as const;

export interface Strikes {
  /** A step begins. */
  readonly plan: () => void;
  /** Nothing is struck any more. */
  readonly end: () => void;
}

/** Strikes places of a cluster at random, by their number. */
export function createStrikes(random: Random, places: number, strike: (place: number) => void): Strikes {
  const planned = new Set<NodeJS.Timeout>();
  const planOne = () => {
    const place = Math.floor(random() * places);
    const alarm = setTimeout(() => {
      planned.delete(alarm);
      strike(place);
    }, WITHIN * random());
    planned.add(alarm);
  };
  return {
    plan() {
      if (random() < STRUCK.once) planOne();
      if (random() < STRUCK.again) planOne();
    },
    end() {
      for (const alarm of planned) clearTimeout(alarm);
      planned.clear();
    },
  };
}
