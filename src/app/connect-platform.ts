import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Instant } from '../lib/instant.ts';
import { createReportOnce } from '../lib/report-once.ts';
import type { Closing } from '../lib/work/closing.ts';
import type { Metrics } from '../ops/metrics/create-metrics.ts';
import { watchPlatform } from '../ops/watch-platform.ts';
import type { CallLedger } from '../platform/budget/call-ledger.ts';
import { createPlatform } from '../platform/oceanconnect/create-platform.ts';
import type { Platform } from '../platform/port.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { Store } from '../store/engine/location.ts';
import { createStoreCallLedger } from '../store/platform/call-ledger.ts';
import { createStoredTokens } from '../store/platform/token-store.ts';

/** The platform client and the call budget all processes share. */
export interface PlatformSide {
  readonly client: Platform;
  readonly ledger: CallLedger;
}

export interface PlatformSideParts {
  readonly db: Store['db'];
  readonly leases: LeaseKeeper;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => Instant;
}

/** Throws an OperationalError if the certificate files are unusable. */
export function connectPlatform(
  settings: Config['platform'],
  { db, leases, metrics, log, now }: PlatformSideParts,
  closing: Closing,
): PlatformSide {
  const ledger = createStoreCallLedger(db, { now, callsPerMinute: settings.callsPerMinute });
  const client = createPlatform(settings, {
    ledger,
    now,
    tokenStore: createStoredTokens(db, settings.secret, leases.exclusively),
    onCall: watchPlatform(log, metrics.onPlatformCall),
    onPutOff: metrics.onPutOff,
    onUnreadable: createReportOnce((what) =>
      log.warn(
        { what },
        'part of an answer of the platform cannot be read; it is left out and not reported again',
      ),
    ),
  });
  closing.add('connections to the platform', client.close);
  return { client, ledger };
}
