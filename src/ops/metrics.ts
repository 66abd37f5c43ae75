import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { NoticeEvent } from '../notify/delivery-parts.ts';
import type { CallEvent } from '../platform/transport.ts';
import type { CycleOutcome } from '../watch/start-watch.ts';

export interface Metrics {
  readonly onPlatformCall: (event: CallEvent) => void;
  readonly onSlackCall: (event: { readonly method: string; readonly outcome: string }) => void;
  readonly onCycle: (outcome: CycleOutcome) => void;
  readonly onNotice: (event: NoticeEvent) => void;
  /** The page, after asking for what is only known when looked at. */
  readonly page: (now: Observed) => Promise<string>;
  readonly contentType: string;
}

/** Figures that are read when the page is asked for. */
export interface Observed {
  readonly budgetLeft: number;
  readonly tasks: ReadonlyMap<string, number>;
  readonly noticesWaiting: number;
}

/** The program's figures (DESIGN section 9), all beginning with `upgrades_`. */
export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  const polls = new Counter({
    name: 'upgrades_polls_total',
    help: 'Cycles by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const pollSeconds = new Histogram({
    name: 'upgrades_poll_seconds',
    help: 'Duration of cycles.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const platformCalls = new Counter({
    name: 'upgrades_platform_calls_total',
    help: 'Calls to the IoT platform by call and outcome.',
    labelNames: ['call', 'outcome'],
    registers,
  });
  const budgetLeft = new Gauge({
    name: 'upgrades_budget_left',
    help: 'Platform calls that may still be made this minute.',
    registers,
  });
  const tasks = new Gauge({
    name: 'upgrades_tasks',
    help: 'Tasks in the mirror by status.',
    labelNames: ['status'],
    registers,
  });
  const notices = new Counter({
    name: 'upgrades_notices_total',
    help: 'Steps of notices by kind and outcome.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const waiting = new Gauge({
    name: 'upgrades_notices_waiting',
    help: 'Notices not delivered yet.',
    registers,
  });
  const delay = new Histogram({
    name: 'upgrades_delivery_delay_seconds',
    help: 'From seeing a change to its post in Slack.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
    registers,
  });
  const slackCalls = new Counter({
    name: 'upgrades_slack_calls_total',
    help: "Calls to Slack's Web API by method and outcome.",
    labelNames: ['method', 'outcome'],
    registers,
  });
  return {
    onPlatformCall: ({ call, outcome }) => platformCalls.inc({ call, outcome }),
    onSlackCall: ({ method, outcome }) => slackCalls.inc({ method, outcome }),
    onCycle({ outcome, seconds }) {
      polls.inc({ outcome });
      pollSeconds.observe(seconds);
    },
    onNotice({ kind, outcome, milliseconds }) {
      notices.inc({ kind, outcome });
      if (outcome === 'sent' || outcome === 'sent-as-text') delay.observe(milliseconds / 1_000);
    },
    async page(now) {
      budgetLeft.set(now.budgetLeft);
      waiting.set(now.noticesWaiting);
      tasks.reset();
      for (const [status, number] of now.tasks) tasks.set({ status }, number);
      return registry ? await registry.metrics() : '';
    },
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
  };
}
