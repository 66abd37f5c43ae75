import { correlationNow } from '../../lib/correlation.ts';
import type { AnsweredEvent, SlackParts } from '../app/parts.ts';

/** What log lines about something a person did carry. */
export type AnswerFields = Readonly<Record<string, unknown>>;

export interface AnswerReport {
  /** The name of this question in the log, which the person is told when it fails. */
  readonly correlation: string;
  readonly answered: (outcome: string) => void;
  readonly failed: (error: unknown) => void;
  /** There was an answer, and Slack did not bring it to the person. */
  readonly undelivered: (error: unknown) => void;
}

export type ReportParts = Pick<SlackParts, 'log' | 'now' | 'newCorrelationId' | 'onAnswered'>;

/** Writes the one line of log that everything a person does leaves behind, and counts it. */
export function reportAnswer(
  { log, now, newCorrelationId, onAnswered }: ReportParts,
  fields: AnswerFields,
): AnswerReport {
  const correlation = correlationNow() ?? newCorrelationId();
  const begun = now();
  const end = (outcome: AnsweredEvent['outcome']) => {
    // Not below: the machine's clock may have been set back meanwhile.
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

/** An unknown button's name comes from outside: as a label each would be a time series of its own. */
function kindOf({ listener, question, action, view, shortcut, event, reason }: AnswerFields) {
  const named = [question, action, view, shortcut, event].find((name) => typeof name === 'string');
  return {
    listener: String(listener),
    question: reason === 'unknown-action' || typeof named !== 'string' ? 'unknown' : named,
  };
}
