import { CANCELLED } from '../../../render/subscription/subscription-notes.ts';
import { guarded } from '../guarded.ts';
import { onPressHere, type PressHereParts } from './on-press-here.ts';

/** Cancel: nothing was saved, and nothing will be. */
export function cancelSubscription(parts: PressHereParts) {
  return onPressHere(parts, (press) => guarded(parts, press, async () => press.instead(CANCELLED)));
}
