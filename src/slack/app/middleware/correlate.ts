import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { correlated } from '../../../lib/correlation.ts';

/** Gives whatever a person does an id before anything looks at it, so that every line of log it leads to carries that. */
export function correlate(newCorrelationId: () => string) {
  return async ({ next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await correlated(newCorrelationId(), next);
  };
}
