import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { askHealth } from '../ask/ask-health.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { errorFields } from '../lib/error-fields.ts';
import { startServer } from '../lib/http/start-server.ts';
import { createInFlight } from '../lib/in-flight.ts';
import type { Instant } from '../lib/instant.ts';
import { machineClock, realTime } from '../lib/machine-clock.ts';
import { createReportOnce } from '../lib/report-once.ts';
import { createTimekeeper, type Timekeeper } from '../lib/timekeeper.ts';
import { type Delivery, startDelivery } from '../notify/start-delivery.ts';
import { startUpkeep, type Upkeep } from '../notify/start-upkeep.ts';
import { tellMaker } from '../notify/tell-maker.ts';
import { createSharingWatch } from '../notify/watch-sharing.ts';
import { createMetrics } from '../ops/metrics/create-metrics.ts';
import { nameLeftOutChannels } from '../ops/name-left-out-channels.ts';
import { createRoutes } from '../ops/routes.ts';
import { readVersion } from '../ops/version.ts';
import { watchPlatform } from '../ops/watch-platform.ts';
import { watchSlack } from '../ops/watch-slack.ts';
import { createPlatform } from '../platform/oceanconnect/create-platform.ts';
import { startSlack } from '../slack/app/start-slack.ts';
import { createTurns } from '../slack/app/turns.ts';
import { createRespond } from '../slack/out/response-url.ts';
import { connectSlack, createPosting } from '../slack/out/web-clients.ts';
import { createChannelVisibility } from '../slack/workspaces/channel-visibility.ts';
import { connectWorkspaces } from '../slack/workspaces/connect-workspaces.ts';
import { createGroupMembership } from '../slack/workspaces/group-membership.ts';
import { introduce } from '../slack/workspaces/introduce.ts';
import { scopesToAsk } from '../slack/workspaces/oauth/scopes.ts';
import { readSharing } from '../slack/workspaces/read-sharing.ts';
import { createSharedChannels } from '../slack/workspaces/shared-channels.ts';
import { leasesOf } from '../store/engine/leases-of.ts';
import type { Store } from '../store/engine/location.ts';
import { openStore } from '../store/engine/open-store.ts';
import { plainConnection } from '../store/engine/plain-connection.ts';
import { createStoreCallLedger } from '../store/platform/call-ledger.ts';
import { createStoredTokens } from '../store/platform/token-store.ts';
import { resumeUnlessShared } from '../store/subscription/sharing.ts';
import { subscribeOnce } from '../store/subscription/subscriptions.ts';
import { type CycleOutcome, startWatch, type Watch } from '../watch/start-watch.ts';

/** What a process does: answer people, watch and tell, or both. */
export type Role = 'all' | 'web' | 'worker';

export interface BotParts extends Clock {
  /** How long what is to be posted waits for its reasons at the most; a clock that runs fast needs more. Milliseconds. */
  readonly reasonsPatience?: number;
  readonly log: Logger;
  /** The clock that schedules are kept by. */
  readonly schedules: Clock;
  /** Whether this process is the bot's alone, so that its memory and event loop are the bot's figures as well. */
  readonly ownsProcess?: boolean;
}

export interface Bot {
  readonly port: number;
  /** Runs a cycle now and resolves with what came of it; null in a process that does not poll. */
  readonly pollNow: () => Promise<CycleOutcome | null>;
  /** Takes no new work, finishes and records what is being sent, and closes the store. */
  readonly stop: () => Promise<void>;
}

/** The parts as they are outside of tests: the machine's own time. Schedules alone keep no process alive. */
export function realParts(log: Logger): BotParts {
  return { log, ...machineClock({ keepsAlive: true }), schedules: machineClock({ keepsAlive: false }) };
}

/** Wires the parts of one process and starts them. Rejects with an OperationalError when the store cannot be used. */
export async function startBot(config: Config, role: Role, parts: BotParts): Promise<Bot> {
  const { log, now, monotonic, delay } = parts;
  const plain = plainConnection(config.store);
  if (plain !== null) log.warn({ reason: 'plain-connection' }, plain);
  const store = await openStore(config.store);
  const { db } = store;
  const leases = leasesOf(store, (error) =>
    log.error(errorFields(error), 'the database did not keep what this process holds'),
  );
  const metrics = createMetrics({
    role,
    version: readVersion(),
    polls: role !== 'web',
    socketMode: role !== 'worker' && config.slack.appToken !== null,
    ofProcess: parts.ownsProcess ?? false,
  });
  const { callsPerMinute } = config.platform;
  const ledger = createStoreCallLedger(db, { now, callsPerMinute });
  const platform = createPlatform(config.platform, {
    ledger,
    now,
    tokenStore: createStoredTokens(db, config.platform.secret, leases.exclusively),
    onCall: watchPlatform(log, metrics.onPlatformCall),
    onPutOff: metrics.onPutOff,
    onUnreadable: createReportOnce((what) =>
      log.warn(
        { what },
        'part of an answer of the platform cannot be read; it is left out and not reported again',
      ),
    ),
  });
  const slackWatch = watchSlack(log, metrics.onSlackCall);
  const { fetch, close: disconnect } = connectSlack(slackWatch.onCall, config.slack.proxy);
  const {
    workspaces,
    identity,
    leaveRemoved,
    routes: installing,
  } = connectWorkspaces(config.slack, {
    ...{ db, now, log, fetch, exclusively: leases.exclusively },
    scopes: scopesToAsk(config.access),
    onInstalled: () => wake(),
  });
  const { clientFor, isServed } = workspaces;
  const inFlight = createInFlight();
  void inFlight
    .track(leaveRemoved())
    .catch((error: unknown) => log.error(errorFields(error), 'workspaces taken off the list were not left'));
  const { failingPercent, failingMinDevices, stalledAfter } = config.watch;
  const thresholds = { failingPercent, failingMinDevices, stalledAfter };
  let slackTrouble: () => string | null = () => 'not started yet';
  let socketConnected: () => boolean | null = () => null;
  let wake: () => void = () => undefined;
  const introduction = identity === null ? null : introduce(identity.find, { log, delay });
  const routes = createRoutes({
    db,
    ledger,
    metrics,
    now,
    polls: role !== 'web',
    pollSchedule: config.watch.pollSchedule,
    slackTrouble: () =>
      introduction !== null && identity?.known() === null ? introduction.trouble() : slackTrouble(),
    socketConnected: () => socketConnected(),
  });
  const sharing = createSharingWatch({
    db,
    now,
    log,
    isShared: async (channel) => await readSharing(await clientFor(channel), channel),
    tellMaker: (channel, reason) => tellMaker({ db, clientFor, log }, channel, reason),
    wake: () => wake(),
  });
  if (config.watch.alertChannel !== null) await prepareAlertChannel(db, config.watch.alertChannel, now());
  await nameLeftOutChannels(db, config.access, log);

  const slack =
    role === 'worker'
      ? null
      : await startSlack(
          config.slack,
          {
            platform,
            db,
            now,
            log,
            access: config.access,
            membership: createGroupMembership(now, log),
            sharedChannels: createSharedChannels(now, log),
            visibility: createChannelVisibility(now, log),
            onSharing: sharing.heard,
            inFlight,
            thresholds,
            newId: randomUUID,
            turn: createTurns(),
            delay,
            workspaces,
            posting: createPosting(config.slack, log, fetch),
            respond: createRespond({ fetch, delay }),
            wake: () => wake(),
            health: () => askHealth({ db }, ledger),
            newCorrelationId: () => randomUUID().slice(0, 8),
            onAnswered: metrics.onAnswered,
          },
          fetch,
        );
  slackTrouble = () => slack?.trouble() ?? null;
  socketConnected = () => slack?.socketConnected() ?? null;
  const served = await startServer({
    port: config.port,
    host: config.host,
    routes: slack === null ? routes : [...routes, ...installing],
    endpoint: slack?.listener ? { path: '/slack/events', listener: slack.listener } : null,
    log,
  });
  const telling = role === 'web' ? null : startTelling();
  if (telling) {
    wake = () => {
      telling.delivery.wake();
      // What people changed may have ended what held notices back.
      void telling.upkeep.run();
    };
  }
  const { port } = served;
  log.info({ role, port }, 'started');
  return {
    port,
    pollNow: async () => (telling ? await telling.watch.pollNow() : null),
    async stop() {
      introduction?.stop();
      await Promise.all([slack?.stop(), served.stop(), telling?.watch.stop()]);
      telling?.timekeeper.stop();
      await telling?.upkeep.stop();
      await Promise.all([telling?.delivery.stop(), inFlight.settled()]);
      await Promise.all([platform.close(), disconnect()]);
      await leases.stop();
      await store.close();
      log.info('stopped');
    },
  };

  function startTelling(): Telling {
    const timekeeper = createTimekeeper(parts.schedules, log);
    const { schedule } = timekeeper;
    const delivery = startDelivery({
      ...{ db, leases, clientFor, now, monotonic, realTime, delay, schedule, log },
      ...{ slackNow: slackWatch.now, newId: randomUUID },
      onNotice: metrics.onNotice,
    });
    const { alertChannel } = config.watch;
    const wakeDelivery = () => delivery.wake();
    const { look: lookAtSharing } = sharing;
    // At once, and not only with the first upkeep: a channel may have become shared while nobody was there to hear of it.
    void inFlight
      .track(lookAtSharing())
      .catch((error: unknown) => log.error(errorFields(error), 'no look at sharing'));
    const upkeep = startUpkeep({
      db,
      shared: leases.shared,
      isServed,
      now,
      timekeeper,
      newId: randomUUID,
      log,
      alertChannel,
      lookAtSharing,
      wake: wakeDelivery,
    });
    const watch = startWatch({
      ...(parts.reasonsPatience !== undefined && { reasonsPatience: parts.reasonsPatience }),
      ...{ db, leases, platform, ledger, callsPerMinute, now, monotonic, delay, schedule, log },
      newId: randomUUID,
      thresholds,
      pollSchedule: config.watch.pollSchedule,
      sweepSchedule: config.watch.sweepSchedule,
      onCycle(outcome) {
        metrics.onCycle(outcome);
        delivery.wake();
        void upkeep.run();
      },
    });
    return { timekeeper, watch, upkeep, delivery };
  }
}

interface Telling {
  readonly timekeeper: Timekeeper;
  readonly watch: Watch;
  readonly upkeep: Upkeep;
  readonly delivery: Delivery;
}

/** The channel of the settings is subscribed once, at the first start that names it; what it missed is told then. */
async function prepareAlertChannel(db: Store['db'], channel: string, now: Instant): Promise<void> {
  await subscribeOnce(db, channel, { id: randomUUID(), now });
  await resumeUnlessShared(db, channel);
}
