import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { correlated } from '../../../lib/correlation.ts';

/** Gives each request an id before anything else runs, so that all its log lines carry it. */
export function correlate(newCorrelationId: () => string) {
  return async ({ next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await correlated(newCorrelationId(), next);
  };
}
