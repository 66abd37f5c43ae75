import type { Point } from './points.ts';
import type { ToldChannels } from './told.ts';

/** A kill that was carried out. */
export interface Hit {
  readonly point: Point;
  /** The call in a few words, where that tells more than the point. */
  readonly what: string;
}

/** What several processes on one store did together. */
export interface ClusterFigures {
  /** Calls of the workers to the platform. */
  readonly calls: number;
  /** How often another process went on with the watch. */
  readonly handovers: number;
  /** The longest time in which a process was ready to watch, nobody did, and nobody died, in real milliseconds. */
  readonly longestHandover: number;
  /** The calls of the busiest minute, and how many the platform would have taken. */
  readonly mostCalls: number;
  readonly callsAllowed: number;
  /** Commands and presses, and those that were answered: the process of the others died. */
  readonly asked: number;
  readonly answered: number;
  /** Those that were acknowledged too late for Slack. */
  readonly late: number;
}

/** What came of one play of a script. */
export interface Played {
  readonly channels: ToldChannels;
  readonly hits: readonly Hit[];
  /** Processes that really ended by SIGKILL. */
  readonly processesKilled: number;
  /** What else went wrong, in words. */
  readonly problems?: readonly string[];
  /** Of a run with several processes on one store. */
  readonly cluster?: ClusterFigures;
  /** What the bots logged, with a line for each kill. */
  readonly log: readonly string[];
}
