import type { KnownBlock } from '@slack/types';
import { trouble } from '../../render/problems.ts';
import type { SlackParts } from '../parts.ts';
import { refusesBlocks } from '../slack-error.ts';
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

/** What is the same in every answer: nothing unfurls, nothing of its text is read as a mention. */
const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

/** Brings an answer to the person: Bolt's `respond`, or what does the same where there is no response URL. */
export type Show = (answer: Omit<Response, 'blocks'> & Partial<Response> & typeof QUIET) => Promise<unknown>;

/**
 * Runs the part of a listener that comes after the acknowledgement, and sends what it returns. Whatever goes wrong is
 * logged once, with a name that the person is told as well; the response URL and the trigger never reach the log.
 */
export function guarded(
  parts: SlackParts,
  fields: AnswerFields,
  respond: Show,
  work: () => Promise<Response | null>,
): Promise<void> {
  return parts.inFlight.track(run(parts, fields, respond, work));
}

async function run(
  parts: SlackParts,
  fields: AnswerFields,
  respond: Show,
  work: () => Promise<Response | null>,
): Promise<void> {
  const report = reportAnswer(parts, fields);
  try {
    await parts.turn();
    const response = await work();
    if (response) await send(respond, response);
    report.answered(response === null ? 'done' : 'answered');
  } catch (error) {
    report.failed(error);
    const { correlation } = report;
    const message = trouble({
      message: 'Something went wrong inside this bot, so there is no answer.',
      advice: `Try again; if it stays so, tell whoever runs the bot to look for ${correlation} in its log.`,
    });
    await send(respond, {
      response_type: 'ephemeral',
      replace_original: false,
      text: message.text,
      blocks: [...message.blocks],
    }).catch((second: unknown) =>
      parts.log.error({ correlation, err: second }, 'the person could not be told either'),
    );
  }
}

/** Workspaces get new block types at different times: blocks that are refused are sent as text. */
async function send(respond: Show, response: Response): Promise<void> {
  try {
    await respond({ ...QUIET, ...response });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { blocks: _, ...text } = response;
    await respond({ ...QUIET, ...text });
  }
}

/** The request arrived and its form was not accepted: a response URL answers 400, the Web API names the reason. */
function isRefusal(error: unknown): boolean {
  if (refusesBlocks(error)) return true;
  return typeof error === 'object' && error !== null && Reflect.get(error, 'statusCode') === 400;
}
