import { Gauge, Registry } from 'prom-client';
import type { TaskStatus } from '../../core/task/task.ts';
import type { StoreFigures } from './read-store-figures.ts';

/** Label values as dashboards and alerts use them. */
const LABELS: Readonly<Partial<Record<TaskStatus, string>>> = {
  waiting: 'wait',
  running: 'processing',
  failed: 'failed',
  succeeded: 'success',
  stopped: 'stop',
};

const OF_STORE = 'Of the store: the same in every process on it.';

/** Gauges shared by all processes on one store. A separate registry lets the page omit them without a store. */
export function createStoreGauges(): { readonly text: (figures: StoreFigures) => Promise<string> } {
  const register = new Registry();
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ) => new Gauge<Label>({ name, help: `${help} ${OF_STORE}`, labelNames, registers: [register] });
  const budgetLeft = gauge('upgrades_budget_left', 'Platform calls that may still be made this minute.');
  const budgetLimit = gauge('upgrades_budget_limit', 'Platform calls a minute.');
  const tasks = gauge('upgrades_tasks', 'Tasks in the mirror by status.', ['status']);
  const lastGoodCycle = gauge(
    'upgrades_last_good_cycle_timestamp_seconds',
    'When the active tasks were last read whole; 0: never.',
  );
  const waiting = gauge('upgrades_notices_waiting', 'Notices not delivered yet.');
  const oldest = gauge(
    'upgrades_notices_oldest_waiting_seconds',
    'How long the oldest notice that is due has waited.',
  );
  const undecided = gauge(
    'upgrades_notices_undecided',
    'Notices being sent, or sent with their answer lost and still looked for.',
  );
  const repeated = gauge('upgrades_notices_repeated', 'Notices posted twice, perhaps.');
  const held = gauge('upgrades_notices_held', 'Notices held back by reason.', ['reason']);
  const subscriptions = gauge('upgrades_subscriptions', 'Subscriptions by state.', ['state']);
  return {
    async text(figures) {
      budgetLeft.set(figures.budgetLeft);
      budgetLimit.set(figures.budgetLimit);
      lastGoodCycle.set((figures.lastGoodCycleAt ?? 0) / 1_000);
      waiting.set(figures.notifications.waiting);
      oldest.set(figures.oldestWaitingMs / 1_000);
      undecided.set(figures.notifications.undecided);
      repeated.set(figures.notifications.repeated);
      tasks.reset();
      for (const { status, statusWord, tasks: number } of figures.tasks)
        tasks.set({ status: LABELS[status] ?? statusWord ?? status }, number);
      for (const [reason, number] of figures.held) held.set({ reason }, number);
      for (const [state, number] of figures.subscriptions) subscriptions.set({ state }, number);
      return await register.metrics();
    },
  };
}
