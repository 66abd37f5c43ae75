export interface HttpLimits {
  readonly body: number;
  readonly unfinished: number;
  readonly requestTime: number;
  readonly checkEvery: number;
  readonly connections: number;
  readonly idleTime: number;
  readonly stopTime: number;
}

/**
 * What somebody may make the process do who only knows its address. Times are milliseconds, sizes are bytes. Slack's own
 * requests are a few kilobytes, arrive at once, and are given up by Slack after three seconds.
 */
export const HTTP_LIMITS: HttpLimits = {
  /** One body. The largest that Slack sends, the state of a window, is far below that. */
  body: 1024 * 1024,
  /** All bodies together whose end has not come yet: what a crowd of slow senders can take of the memory. */
  unfinished: 64 * 1024 * 1024,
  /** From the first byte of a request to its last. */
  requestTime: 10_000,
  /** How often it is looked for requests that take too long. */
  checkEvery: 1_000,
  /** Connections at once. Slack and a load balancer hold some dozens; each costs some 20 KB. */
  connections: 512,
  /**
   * How long a connection on which nothing comes is kept open: longer than the load balancers in front of us keep theirs (a
   * minute is usual). If we closed first, a command just being sent would be lost.
   */
  idleTime: 75_000,
  /** How long an orderly stop waits for requests under way. */
  stopTime: 1_500,
};
