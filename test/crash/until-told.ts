import { setTimeout as pause } from 'node:timers/promises';
import type { Glance } from './glance.ts';
import { StuckError } from './runner.ts';

/** Real milliseconds; a step takes a fraction of one second. */
const LIMIT = 30_000;
const LOOK_EVERY = 2;

export interface Telling {
  readonly alive: () => boolean;
  /** Whether its sweep has ended and no look is under way that nobody waits for. */
  readonly rests: () => boolean;
  readonly glance: Glance;
  /** Called every now and then. */
  readonly meanwhile: () => void;
}

/** Waits until the outbox is empty and the sweep has ended. */
export async function untilTold({ alive, rests, glance, meanwhile }: Telling): Promise<'settled' | 'died'> {
  const begun = performance.now();
  while (alive()) {
    meanwhile();
    if (rests() && (await glance.allTold())) return alive() ? 'settled' : 'died';
    if (performance.now() - begun > LIMIT) throw new StuckError('the outbox did not become empty');
    await pause(LOOK_EVERY);
  }
  return 'died';
}
