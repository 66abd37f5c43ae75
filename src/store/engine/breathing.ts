import type { KyselyPlugin } from 'kysely';
import { giveWay } from './give-way.ts';

/** How long statements follow one another before whatever else waits gets its turn, in milliseconds. */
const BREATH_EVERY = 5;

/**
 * Lets requests be acknowledged between the statements of long work. SQLite answers within the call, so that a thousand
 * statements after one another would otherwise be one turn of the event loop, in which nobody is heard for seconds.
 */
export function createBreathing(): KyselyPlugin {
  /** When the first statement of this turn of the event loop ended; null before it. */
  let begun: number | null = null;
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (begun === null) {
        begun = performance.now();
        setImmediate(() => {
          begun = null;
        });
      } else if (performance.now() - begun > BREATH_EVERY) {
        await giveWay();
      }
      return result;
    },
  };
}
