import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Page } from '../lib/http/start-server.ts';
import type { Instant } from '../lib/instant.ts';
import type { Closing } from '../lib/work/closing.ts';
import type { Metrics } from '../ops/metrics/create-metrics.ts';
import type { Readiness } from '../ops/readiness.ts';
import { watchSlack } from '../ops/watch-slack.ts';
import { type CountingFetch, connectSlack } from '../slack/out/web-clients.ts';
import { connectWorkspaces } from '../slack/workspaces/connect-workspaces.ts';
import { introduce } from '../slack/workspaces/introduce.ts';
import { scopesToAsk } from '../slack/workspaces/oauth/scopes.ts';
import type { Workspaces } from '../slack/workspaces/workspaces.ts';
import type { LeaseKeeper } from '../store/engine/lease-keeper.ts';
import type { Store } from '../store/engine/location.ts';

/** The connection to Slack and the workspaces the bot serves. */
export interface SlackSide {
  readonly fetch: CountingFetch;
  /** Slack's clock, estimated from its responses. */
  readonly now: () => Instant;
  readonly workspaces: Workspaces;
  /** Leaves workspaces that have been removed from the list. */
  readonly leaveRemoved: () => Promise<void>;
  /** The pages for installing the app in a workspace; empty without SLACK_CLIENT_ID. */
  readonly installPages: readonly Page[];
}

export interface SlackSideParts {
  readonly db: Store['db'];
  readonly leases: LeaseKeeper;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
  readonly onInstalled: () => void;
  readonly readiness: Readiness;
}

export function connectToSlack(
  { slack, access }: Config,
  { db, leases, metrics, log, clock, onInstalled, readiness }: SlackSideParts,
  closing: Closing,
): SlackSide {
  const watched = watchSlack(log, metrics.onSlackCall);
  const { fetch, close } = connectSlack(watched.onCall, slack.proxy);
  closing.add('connections to Slack', close);
  const { workspaces, identity, leaveRemoved, pages } = connectWorkspaces(slack, {
    db,
    now: clock.now,
    log,
    fetch,
    exclusively: leases.exclusively,
    scopes: scopesToAsk(access),
    onInstalled,
  });
  const introduction = identity === null ? null : introduce(identity, { log, delay: clock.delay });
  if (introduction !== null) closing.addDoor('introduction', introduction.stop);
  readiness.add('slack', () => introduction?.trouble() ?? null);
  return { fetch, now: watched.now, workspaces, leaveRemoved, installPages: pages };
}
