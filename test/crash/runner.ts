/** Runs a bot, in whatever way, and notifications when it dies. A bot that died is started again by the next look. */
export interface Runner {
  /**
   * One look of a running bot at the platform. The move, which the look has to find whole, is made when it begins and no
   * other is under way, unless the bot dies before that.
   */
  look(move: () => void): Promise<'good' | 'failed' | 'died'>;
  /** Waits until everything was told and, unless the platform cannot be read, the sweep of a start has ended. */
  settle(platform: 'seen' | 'not-seen'): Promise<'settled' | 'died'>;
  /** Stops the bot as an operator does. */
  stop(): Promise<void>;
}

/** The bot did not come to rest: a run that hangs is a failure like any other. */
export class StuckError extends Error {}
