import { askHealth } from '../ask/ask-health.ts';
import type { Config } from '../config/config.ts';
import type { Endpoint } from '../lib/http/start-server.ts';
import type { Closing } from '../lib/work/closing.ts';
import { startSlack } from '../slack/app/start-slack.ts';
import { createTurns } from '../slack/app/turns.ts';
import { createRespond } from '../slack/out/response-url.ts';
import { createPosting } from '../slack/out/web-clients.ts';
import { createChannelVisibility } from '../slack/workspaces/channel-visibility.ts';
import { createGroupMembership } from '../slack/workspaces/group-membership.ts';
import { createSharedChannels } from '../slack/workspaces/shared-channels.ts';
import { type BotParts, type Common, thresholdsOf } from './common.ts';

export interface Answering {
  /** Receives Slack's requests; null in Socket Mode. */
  readonly endpoint: Endpoint | null;
  /** Returns null when there is no socket. */
  readonly socketConnected: () => boolean | null;
}

/** Answers people in Slack: over a socket, or over HTTP once the endpoint is served. */
export async function startAnswering(
  config: Config,
  { log, clock, newId }: BotParts,
  common: Common,
  closing: Closing,
): Promise<Answering> {
  const { db, platform, bell, metrics, inFlight } = common;
  const { now, delay } = clock;
  const { fetch, workspaces } = common.slack;
  const slack = await startSlack(
    config.slack,
    {
      platform: platform.client,
      db,
      now,
      log,
      access: config.access,
      membership: createGroupMembership(now, log),
      sharedChannels: createSharedChannels(now, log),
      visibility: createChannelVisibility(now, log),
      onSharing: common.sharing.heard,
      inFlight,
      thresholds: thresholdsOf(config),
      newId,
      turn: createTurns(),
      delay,
      workspaces,
      posting: createPosting(config.slack, log, fetch),
      respond: createRespond({ fetch, delay }),
      wake: bell.ring,
      health: () => askHealth({ db }, platform.ledger),
      newCorrelationId: () => newId().slice(0, 8),
      onAnswered: metrics.onAnswered,
    },
    fetch,
  );
  closing.addDoor('requests of Slack', slack.stop);
  common.readiness.add('slack', slack.trouble);
  return {
    endpoint: slack.listener && { path: '/slack/events', listener: slack.listener },
    socketConnected: slack.socketConnected,
  };
}
