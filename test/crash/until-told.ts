import { setTimeout as pause } from 'node:timers/promises';
import type { Glance } from './glance.ts';
import { StuckError } from './runner.ts';

/** Real milliseconds; a step takes a fraction of one second. */
const LIMIT = 30_000;
const LOOK_EVERY = 2;

/** Waits until the outbox is empty and the sweep has ended; in between, `meanwhile` is called every now and then. */
export async function untilTold(
  bot: { readonly alive: () => boolean; readonly swept: () => boolean },
  glance: () => Glance,
  meanwhile: () => void,
): Promise<'settled' | 'died'> {
  const begun = performance.now();
  while (bot.alive()) {
    meanwhile();
    if (bot.swept() && (await glance().outboxIsEmpty())) return bot.alive() ? 'settled' : 'died';
    if (performance.now() - begun > LIMIT) throw new StuckError('the outbox did not become empty');
    await pause(LOOK_EVERY);
  }
  return 'died';
}
