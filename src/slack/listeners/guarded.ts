import type { KnownBlock } from '@slack/types';
import { trouble } from '../../render/question/problems.ts';
import type { SlackParts } from '../app/parts.ts';
import { refusesBlocks } from '../out/slack-error.ts';
import { notAnswered } from './not-answered.ts';
import { privately } from './private-response.ts';
import { type AnswerFields, reportAnswer } from './report-answer.ts';

/** An answer, in the words of response URLs. */
export interface Response {
  readonly response_type: 'in_channel' | 'ephemeral';
  readonly replace_original?: boolean;
  /** The thread to answer in, for what goes to the channel beside the message it came from. */
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** An answer on its way: as text alone, where its blocks were refused. */
export type ShownAnswer = Omit<Response, 'blocks'> & Partial<Response>;

/** Brings an answer to the person. Rejects where it did not arrive, or where nobody knows. */
export type Show = (answer: ShownAnswer) => Promise<unknown>;

/** Slack read an answer and does not take its form. */
export class ResponseRefusedError extends Error {
  constructor() {
    super('Slack did not take the form of the answer.');
    this.name = 'ResponseRefusedError';
  }
}

/**
 * Runs the part of a listener that comes after the acknowledgement, and sends what it returns. Whatever goes wrong is
 * logged once, with a name that the person is told as well where they can be told at all; the response URL and the
 * trigger never reach the log.
 */
export function guarded(
  parts: SlackParts,
  fields: AnswerFields,
  show: Show,
  work: () => Promise<Response | null>,
): Promise<void> {
  return parts.inFlight.track(run(parts, fields, show, work));
}

async function run(
  parts: SlackParts,
  fields: AnswerFields,
  show: Show,
  work: () => Promise<Response | null>,
): Promise<void> {
  const report = reportAnswer(parts, fields);
  const excuse = (error: unknown) => {
    const message = trouble(notAnswered(error, report.correlation));
    return send(show, privately(message)).catch((second: unknown) =>
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
    await send(show, response);
  } catch (error) {
    report.undelivered(error);
    // What Slack would not take because of what it says can be said otherwise; where nothing arrives, nothing else does.
    if (isRefusal(error)) await excuse(error);
    return;
  }
  report.answered('answered');
}

/** Workspaces get new block types at different times: blocks that are refused are sent as text. */
async function send(show: Show, response: Response): Promise<void> {
  try {
    await show(response);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { blocks: _, ...text } = response;
    await show(text);
  }
}

/** The answer arrived and its form was not accepted. */
function isRefusal(error: unknown): boolean {
  return error instanceof ResponseRefusedError || refusesBlocks(error);
}
