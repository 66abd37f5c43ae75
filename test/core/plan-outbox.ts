import {
  type OutboxContext,
  type OutboxPlan,
  planOutboxInSteps,
  type TaskChanges,
} from '../../src/core/notification/outbox-plan.ts';

/** Plans a whole outbox at once. */
export function planOutbox(all: readonly TaskChanges[], context: OutboxContext): OutboxPlan {
  const steps = planOutboxInSteps(all, context);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
