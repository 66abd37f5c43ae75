import { collectDefaultMetrics, Registry } from 'prom-client';
import type { CallEvent, PutOffCall } from '../../platform/transport/transport.ts';
import type { ReadinessReport } from '../readiness.ts';
import { createProcessFigures } from './process-figures.ts';
import type { StoreFigures } from './read-store-figures.ts';
import { createStoreGauges } from './store-gauges.ts';

/** A question that was dealt with, as the figures need it. */
export interface AnsweredQuestion {
  readonly listener: string;
  readonly question: string;
  readonly outcome: string;
  readonly milliseconds: number;
}

/** A poll cycle that ended. */
export interface EndedCycle {
  readonly outcome: string;
  readonly seconds: number;
}

/** A step of a notification. */
export interface NotificationStep {
  readonly kind: string;
  readonly outcome: string;
  /** From the bot's seeing of the change to now. */
  readonly milliseconds: number;
}

export interface Metrics {
  readonly onPlatformCall: (event: Pick<CallEvent, 'call' | 'outcome'>) => void;
  readonly onPutOff: (call: PutOffCall) => void;
  readonly onSlackCall: (event: { readonly method: string; readonly outcome: string }) => void;
  readonly onCycle: (cycle: EndedCycle) => void;
  readonly onNotification: (step: NotificationStep) => void;
  readonly onAnswered: (event: AnsweredQuestion) => void;
  /** The page; without figures of the store where that cannot be read. */
  readonly page: (observed: Observed) => Promise<string>;
  readonly contentType: string;
}

/** What is only known when the page is asked for. */
export interface Observed {
  readonly store: StoreFigures | null;
  readonly ready: ReadinessReport['parts'];
  /** Null where there is no socket: in HTTP mode, and in processes without Slack. */
  readonly socketConnected: boolean | null;
}

export interface MetricsSettings {
  readonly role: string;
  readonly version: string;
  /** Where this process polls, so that a poll that never happened is a 0 and not a hole. */
  readonly polls: boolean;
  /** Whether people reach this process over a socket. */
  readonly socketMode: boolean;
  /** Node's own figures as well. They watch the whole process and cannot be ended: for a program, not for a test. */
  readonly ofProcess: boolean;
}

/**
 * Watching the event loop wakes it up: at the usual 10 ms that alone costs 0.5 % of a core while nothing else is done, at 50 ms
 * a fifth of it.
 */
const OF_PROCESS = { prefix: 'upgrades_', eventLoopMonitoringPrecision: 50 } as const;

/** The program's figures, all beginning with `upgrades_`, Node's own among them. */
export function createMetrics(settings: MetricsSettings): Metrics {
  const register = new Registry();
  // The usual dashboards know these without the prefix; that everything begins with `upgrades_` is promised.
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
