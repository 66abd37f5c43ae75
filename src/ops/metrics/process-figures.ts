import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { WaitReason } from '../../platform/budget/call-budget.ts';
import type { CallPriority } from '../../platform/port.ts';
import type { MetricsSettings } from './create-metrics.ts';

/** Reasons for putting off a call. Listed so that counters start at 0 instead of being absent. */
const PUT_OFF: Readonly<Record<CallPriority, readonly WaitReason[]>> = {
  interactive: ['throttled', 'budget-full', 'kept-for-watching', 'person-share-used'],
  poll: ['throttled', 'budget-full', 'kept-for-others'],
  'new-failure': ['throttled', 'budget-full', 'kept-for-others'],
  sweep: ['throttled', 'budget-full', 'kept-for-watching', 'sweep-share-used'],
};

const CYCLE_OUTCOMES = ['good', 'cut-short', 'failed'] as const;

/** Metrics of this process alone, which can be summed over processes. Shared values are in the store's gauges. */
export function createProcessFigures(register: Registry, about: Omit<MetricsSettings, 'ofProcess'>) {
  const registers = [register];
  const polls = new Counter({
    name: 'upgrades_polls_total',
    help: 'Cycles of this process by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  if (about.polls) for (const outcome of CYCLE_OUTCOMES) polls.inc({ outcome }, 0);
  new Gauge({
    name: 'upgrades_build_info',
    help: 'Always 1; says what runs.',
    labelNames: ['version', 'node', 'role'],
    registers,
  }).set({ version: about.version, node: process.version, role: about.role }, 1);
  const putOffCalls = new Counter({
    name: 'upgrades_platform_calls_put_off_total',
    help: 'Calls to the IoT platform that were not made, by who they were for and why.',
    labelNames: ['priority', 'reason'],
    registers,
  });
  for (const [priority, reasons] of Object.entries(PUT_OFF))
    for (const reason of reasons) putOffCalls.inc({ priority, reason }, 0);
  return {
    polls,
    pollSeconds: new Histogram({
      name: 'upgrades_poll_seconds',
      help: 'Duration of cycles.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    platformCalls: new Counter({
      name: 'upgrades_platform_calls_total',
      help: 'Calls to the IoT platform by call and outcome.',
      labelNames: ['call', 'outcome'],
      registers,
    }),
    putOffCalls,
    notifications: new Counter({
      name: 'upgrades_notices_total',
      help: 'Steps of notices by kind and outcome.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    deliveryDelay: new Histogram({
      name: 'upgrades_delivery_delay_seconds',
      help: 'From seeing a change to its post in Slack.',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
      registers,
    }),
    slackCalls: new Counter({
      name: 'upgrades_slack_calls_total',
      help: "Calls to Slack's Web API by method and outcome.",
      labelNames: ['method', 'outcome'],
      registers,
    }),
    answers: new Counter({
      name: 'upgrades_answers_total',
      help: 'What people asked and pressed, by where and by what became of it.',
      labelNames: ['listener', 'outcome'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'upgrades_command_seconds',
      help: 'From the acknowledgement to the answer, by kind of question or by what was pressed.',
      labelNames: ['question'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30],
      registers,
    }),
    ready: new Gauge({
      name: 'upgrades_ready',
      help: '1 where this part is well, as /readyz judges it.',
      labelNames: ['part'],
      registers,
    }),
    // Omitted without a socket: a 0 would look like a broken connection.
    socketConnected: about.socketMode
      ? new Gauge({
          name: 'upgrades_socket_connected',
          help: '1 while the socket to Slack is open. In Socket Mode only.',
          registers,
        })
      : null,
  };
}
