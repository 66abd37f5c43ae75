import fc from 'fast-check';

/** Both are chosen once for the whole run by `jest.config.mjs`. */
declare const PROPERTY_SEED: number;
declare const PROPERTY_EFFORT: number;

fc.configureGlobal({ seed: PROPERTY_SEED });

/** How often a property is played that is cheap and worth many plays: more often at night. */
export function plays(usual: number): number {
  return usual * PROPERTY_EFFORT;
}

/** fast-check on the seed of this run: every property imports it from here. */
export default fc;
