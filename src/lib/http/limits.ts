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
 * Limits for strangers, who need only know the address. Times are milliseconds, sizes are bytes. Slack's own requests
 * are a few kilobytes, arrive at once, and are given up by Slack after three seconds.
 */
export const HTTP_LIMITS: HttpLimits = {
  /** One body. The largest that Slack sends, the state of a modal, is far smaller. */
  body: 1024 * 1024,
  /** All incomplete bodies together: the memory that a crowd of slow senders can take. */
  unfinished: 64 * 1024 * 1024,
  /** From the first byte of a request to its last. */
  requestTime: 10_000,
  /** How often to check for requests that take too long. */
  checkEvery: 1_000,
  /** Concurrent connections. Slack and a load balancer hold a few dozen; each costs some 20 KB. */
  connections: 512,
  /**
   * How long an idle connection stays open: longer than load balancers in front of us keep theirs (usually a minute).
   * If we closed first, a command sent just then would be lost.
   */
  idleTime: 75_000,
  /** How long an orderly stop waits for requests in progress. */
  stopTime: 1_500,
};
