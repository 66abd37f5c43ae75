import { collectDefaultMetrics, Registry } from 'prom-client';
import type { CallEvent, PutOffCall } from '../../platform/transport/transport.ts';
import type { ReadinessReport } from '../readiness.ts';
import { createProcessFigures } from './process-figures.ts';
import type { StoreFigures } from './read-store-figures.ts';
import { createStoreGauges } from './store-gauges.ts';

/** An answered question, as the metrics count it. */
export interface AnsweredQuestion {
  readonly listener: string;
  readonly question: string;
  readonly outcome: string;
  readonly milliseconds: number;
}

export interface EndedCycle {
  readonly outcome: string;
  readonly seconds: number;
}

export interface NotificationStep {
  readonly kind: string;
  readonly outcome: string;
  /** Time since the bot saw the change. */
  readonly milliseconds: number;
}

export interface Metrics {
  readonly onPlatformCall: (event: Pick<CallEvent, 'call' | 'outcome'>) => void;
  readonly onPutOff: (call: PutOffCall) => void;
  readonly onSlackCall: (event: { readonly method: string; readonly outcome: string }) => void;
  readonly onCycle: (cycle: EndedCycle) => void;
  readonly onNotification: (step: NotificationStep) => void;
  readonly onAnswered: (event: AnsweredQuestion) => void;
  /** Renders the page, without the store's metrics if the store cannot be read. */
  readonly page: (observed: Observed) => Promise<string>;
  readonly contentType: string;
}

/** Values that are collected only when the page is requested. */
export interface Observed {
  readonly store: StoreFigures | null;
  readonly ready: ReadinessReport['parts'];
  /** Null if there is no socket: in HTTP mode, and in processes without Slack. */
  readonly socketConnected: boolean | null;
}

export interface MetricsSettings {
  readonly role: string;
  readonly version: string;
  /** True if this process polls; its poll counters then start at 0 instead of being absent. */
  readonly polls: boolean;
  /** Whether this process serves people over a socket. */
  readonly socketMode: boolean;
  /** Adds Node's own metrics. They cover the whole process and cannot be stopped, so tests omit them. */
  readonly ofProcess: boolean;
}

/**
 * Monitoring the event loop wakes up an idle process: at the default 10 ms that alone costs 0.5 % of a core,
 * at 50 ms a fifth of it.
 */
const OF_PROCESS = { prefix: 'upgrades_', eventLoopMonitoringPrecision: 50 } as const;

/** The program's metrics, including Node's own. All names begin with `upgrades_`. */
export function createMetrics(settings: MetricsSettings): Metrics {
  const register = new Registry();
  // Common dashboards expect these without the prefix, but all our names are promised to begin with it.
  if (settings.ofProcess) collectDefaultMetrics({ register, ...OF_PROCESS });
  const figures = createProcessFigures(register, settings);
  const store = createStoreGauges();
  return {
    onPlatformCall: ({ call, outcome }) => figures.platformCalls.inc({ call, outcome }),
    onPutOff: ({ priority, reason }) => figures.putOffCalls.inc({ priority, reason }),
    onSlackCall: ({ method, outcome }) => figures.slackCalls.inc({ method, outcome }),
    onCycle({ outcome, seconds }) {
      figures.polls.inc({ outcome });
      figures.pollSeconds.observe(seconds);
    },
    onNotification({ kind, outcome, milliseconds }) {
      figures.notifications.inc({ kind, outcome });
      if (outcome === 'sent' || outcome === 'sent-as-text')
        figures.deliveryDelay.observe(milliseconds / 1_000);
    },
    onAnswered({ listener, question, outcome, milliseconds }) {
      figures.answers.inc({ listener, outcome });
      figures.commandSeconds.observe({ question }, milliseconds / 1_000);
    },
    async page({ store: observed, ready, socketConnected }) {
      for (const [part, trouble] of Object.entries(ready))
        figures.ready.set({ part }, trouble === null ? 1 : 0);
      figures.socketConnected?.set(socketConnected === true ? 1 : 0);
      const own = await register.metrics();
      return observed === null ? own : `${own}\n${await store.text(observed)}`;
    },
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
  };
}
