import type { Point } from './points.ts';
import type { ToldChannels } from './told.ts';

/** A kill that was carried out. */
export interface Hit {
  readonly point: Point;
  /** The call in a few words, where that tells more than the point. */
  readonly what: string;
}

/** What came of one play of a script. */
export interface Played {
  readonly channels: ToldChannels;
  readonly hits: readonly Hit[];
  /** Processes that really ended by SIGKILL. */
  readonly processesKilled: number;
  /** What the bots logged, with a line for each kill. */
  readonly log: readonly string[];
}
