import { trouble } from '../../render/question/problems.ts';
import { privately, type Response, type Show } from '../answer/response.ts';
import type { SlackParts } from '../app/parts.ts';
import { readSlackFailure } from '../out/slack-failure.ts';
import { notAnswered } from './not-answered.ts';
import { type AnswerFields, type ReportParts, reportAnswer } from './report-answer.ts';

export type GuardParts = ReportParts & Pick<SlackParts, 'inFlight' | 'turn'>;

/** Something a user did, and how to answer it. */
export interface Answerable {
  readonly fields: AnswerFields;
  readonly show: Show;
}

/**
 * Runs a listener's work after the acknowledgement, and sends the response it returns. A failure is logged
 * once, with a correlation id that the user also sees if we can reach them. The response URL and the trigger
 * never reach the log.
 */
export function guarded(
  parts: GuardParts,
  asked: Answerable,
  work: () => Promise<Response | null>,
): Promise<void> {
  return parts.inFlight.track(run(parts, asked, work));
}

async function run(
  parts: GuardParts,
  { fields, show }: Answerable,
  work: () => Promise<Response | null>,
): Promise<void> {
  const report = reportAnswer(parts, fields);
  const excuse = async (error: unknown) => {
    const message = trouble(notAnswered(error, report.correlation));
    await show(privately(message)).catch((second: unknown) =>
      parts.log.error(
        { correlation: report.correlation, err: second },
        'the person could not be told either',
      ),
    );
  };
  let response: Response | null;
  try {
    await parts.turn();
    response = await work();
  } catch (error) {
    report.failed(error);
    return await excuse(error);
  }
  if (response === null) return report.answered('done');
  try {
    await show(response);
  } catch (error) {
    report.undelivered(error);
    // If Slack refused the content, an excuse may still get through; otherwise nothing will.
    if (readSlackFailure(error).about === 'form') await excuse(error);
    return;
  }
  report.answered('answered');
}
