import type { Trouble } from '../../core/question/answer.ts';
import { isSlackError, readSlackFailure } from '../out/slack-failure.ts';

/** The message for a failure without an answer. `correlation` identifies it in the log. */
export function notAnswered(error: unknown, correlation: string): Trouble {
  const advice = `Try again; if it stays so, tell whoever runs the bot to look for ${correlation} in its log.`;
  if (!isSlackError(error))
    return { message: 'Something went wrong inside this bot, so there is no answer.', advice };
  const { word } = readSlackFailure(error);
  const message =
    word === null
      ? 'Slack did not answer a call that this needs, so there is no answer.'
      : `Slack refused a call that this needs (${word}), so there is no answer.`;
  return { message, advice };
}
