import type { Logger } from 'pino';
import { needsAPerson, type SlackProblem, slackProblem } from '../out/slack-problem.ts';
import type { IdentityKeeper } from './identity.ts';

const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 30_000;
/** After a refused token, in milliseconds. The app may be fixed on Slack's side, so we keep trying. */
const WAIT_FOR_A_PERSON = 5 * 60_000;

export interface IntroductionParts {
  readonly log: Logger;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Introduction {
  /** Why we do not know yet who we are; null once we do. */
  readonly trouble: () => string | null;
  readonly stop: () => void;
}

/** Finds out who we are, retrying until it works: if Slack is down at the start, the watch still runs. */
export function introduce(identity: IdentityKeeper, { log, delay }: IntroductionParts): Introduction {
  let last: SlackProblem | null = null;
  const stopping = new AbortController();
  const run = async () => {
    for (let wait = FIRST_RETRY; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_RETRY)) {
      try {
        await identity.find();
        return;
      } catch (error) {
        // Stopped meanwhile.
        if (stopping.signal.aborted) return;
        const problem = slackProblem('SLACK_BOT_TOKEN', error);
        last = problem;
        const milliseconds = needsAPerson(problem) ? WAIT_FOR_A_PERSON : wait;
        log.error({ ...problem, milliseconds }, 'Slack did not tell who we are; asking again');
        await delay(milliseconds, stopping.signal).catch(() => undefined);
      }
    }
  };
  void run();
  return {
    trouble: () => {
      if (identity.known() !== null) return null;
      return `Slack has not told yet who we are${last === null ? '' : `. ${last.problem} ${last.advice}`}`;
    },
    stop: () => stopping.abort(),
  };
}
