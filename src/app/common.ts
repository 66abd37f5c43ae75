import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { errorFields } from '../lib/operational-error.ts';
import { type Bell, createBell } from '../lib/work/bell.ts';
import type { Closing } from '../lib/work/closing.ts';
import { createInFlight, type InFlight } from '../lib/work/in-flight.ts';
import { notifyMaker } from '../notify/notify-maker.ts';
import { createSharingWatch, type SharingWatch } from '../notify/watch-sharing.ts';
import { createMetrics, type Metrics } from '../ops/metrics/create-metrics.ts';
import { nameLeftOutChannels } from '../ops/name-left-out-channels.ts';
import { createReadiness, type Readiness } from '../ops/readiness.ts';
import { readVersion } from '../ops/version.ts';
import { pollTrouble, storeTrouble } from '../ops/watch-readiness.ts';
import { readSharing } from '../slack/workspaces/read-sharing.ts';
import { type LeaseKeeper, leasesOf } from '../store/engine/lease-keeper.ts';
import { plainConnection, type Store } from '../store/engine/location.ts';
import { openStore } from '../store/engine/open-store.ts';
import { resumeUnlessShared } from '../store/subscription/sharing.ts';
import { subscribeOnce } from '../store/subscription/subscriptions.ts';
import { connectPlatform, type PlatformSide } from './connect-platform.ts';
import { connectToSlack, type SlackSide } from './connect-slack.ts';
import { ROLES, type Role } from './roles.ts';

/** What a bot is built from. */
export interface BotParts {
  readonly log: Logger;
  readonly clock: Clock;
  /** Drives the schedules. */
  readonly schedules: Clock;
  readonly newId: () => string;
  /** True if only this bot runs in the process, so its memory and event loop count as the bot's metrics. */
  readonly ownsProcess?: boolean;
}

/** The parts every role needs. */
export interface Common {
  readonly db: Store['db'];
  readonly leases: LeaseKeeper;
  readonly platform: PlatformSide;
  readonly slack: SlackSide;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Rung when there may be something to deliver, or upkeep to do. */
  readonly bell: Bell;
  /** Background work that a stop waits for. */
  readonly inFlight: InFlight;
  readonly sharing: SharingWatch;
}

/** Opens the parts every role needs. Rejects with an OperationalError if settings or store are unusable. */
export async function openCommon(
  config: Config,
  role: Role,
  { log, clock, newId, ownsProcess = false }: BotParts,
  closing: Closing,
): Promise<Common> {
  const { now } = clock;
  const { answers, tells } = ROLES[role];
  const { db, leases } = await openLeasedStore(config, log, closing);
  const metrics = createMetrics({
    role,
    version: readVersion(),
    polls: tells,
    socketMode: answers && config.slack.appToken !== null,
    ofProcess: ownsProcess,
  });
  const readiness = createReadiness();
  const bell = createBell();
  const inFlight = createInFlight();
  readiness.add('store', storeTrouble(db));
  const platform = connectPlatform(config.platform, { db, leases, metrics, log, now }, closing);
  const slack = connectToSlack(
    config,
    { db, leases, metrics, readiness, log, clock, onInstalled: bell.ring },
    closing,
  );
  readiness.add('poll', tells ? pollTrouble(db, config.watch.pollSchedule, now) : () => null);
  closing.add('work under way', inFlight.settled);
  const { clientFor } = slack.workspaces;
  const sharing = createSharingWatch({
    db,
    now,
    log,
    isShared: async (channel) => await readSharing(await clientFor(channel), channel),
    notifyMaker: (channel, reason) => notifyMaker({ db, clientFor, log }, channel, reason),
    wake: bell.ring,
  });
  const { alertChannel } = config.watch;
  if (alertChannel !== null) {
    // Subscribed only once, at the first start with this setting. Missed notifications are sent then.
    await subscribeOnce(db, alertChannel, { id: newId(), now: now() });
    await resumeUnlessShared(db, alertChannel);
  }
  await nameLeftOutChannels(db, config.access, log);
  return {
    db,
    leases,
    platform,
    slack,
    metrics,
    readiness,
    bell,
    inFlight,
    sharing,
  };
}

/** The failing and stalled thresholds for subscriptions that set none of their own. */
export function thresholdsOf({ watch }: Config) {
  const { failingPercent, failingMinDevices, stalledAfter } = watch;
  return { failingPercent, failingMinDevices, stalledAfter };
}

async function openLeasedStore(
  config: Config,
  log: Logger,
  closing: Closing,
): Promise<{ readonly db: Store['db']; readonly leases: LeaseKeeper }> {
  const plain = plainConnection(config.store);
  if (plain !== null) log.warn({ reason: 'plain-connection' }, plain);
  const store = await openStore(config.store);
  closing.add('store', store.close);
  const leases = leasesOf(store, (error) =>
    log.error(errorFields(error), 'the database did not keep what this process holds'),
  );
  closing.add('leases', leases.stop);
  return { db: store.db, leases };
}
