import { correlationNow } from '../../lib/correlation.ts';
import type { AnsweredEvent, SlackParts } from '../app/parts.ts';

/** Log fields about something a user did. */
export type AnswerFields = Readonly<Record<string, unknown>>;

export interface AnswerReport {
  /** Identifies this question in the log. The user sees it if the question fails. */
  readonly correlation: string;
  readonly answered: (outcome: string) => void;
  readonly failed: (error: unknown) => void;
  /** There was an answer, but Slack did not deliver it. */
  readonly undelivered: (error: unknown) => void;
}

export type ReportParts = Pick<SlackParts, 'log' | 'now' | 'newCorrelationId' | 'onAnswered'>;

/** Writes the single log line about a user's act, and counts it. */
export function reportAnswer(
  { log, now, newCorrelationId, onAnswered }: ReportParts,
  fields: AnswerFields,
): AnswerReport {
  const correlation = correlationNow() ?? newCorrelationId();
  const begun = now();
  const end = (outcome: AnsweredEvent['outcome']) => {
    // Never negative, even if the machine's clock was set back meanwhile.
    const milliseconds = Math.max(0, now() - begun);
    onAnswered({ ...kindOf(fields), outcome, milliseconds });
    return milliseconds;
  };
  return {
    correlation,
    answered: (outcome) =>
      log.info({ ...fields, correlation, outcome, milliseconds: end('answered') }, 'answered'),
    failed: (error) =>
      log.error(
        { ...fields, correlation, outcome: 'failed', milliseconds: end('failed'), err: error },
        'not answered',
      ),
    undelivered: (error) =>
      log.error(
        { ...fields, correlation, outcome: 'undelivered', milliseconds: end('failed'), err: error },
        'Slack did not bring the answer to the person',
      ),
  };
}

/** An unknown button's name is untrusted: used as a label, each would create its own time series. */
function kindOf({ listener, question, action, view, shortcut, event, reason }: AnswerFields) {
  const named = [question, action, view, shortcut, event].find((name) => typeof name === 'string');
  return {
    listener: String(listener),
    question: reason === 'unknown-action' || typeof named !== 'string' ? 'unknown' : named,
  };
}
