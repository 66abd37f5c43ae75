import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Instant } from '../../lib/instant.ts';
import { createKeptAnswers } from '../../lib/kept-answers.ts';
import { readSlackFailure, slackWord } from '../out/slack-failure.ts';
import { readSharing } from './read-sharing.ts';
import { within } from './within.ts';

/** How long a cached state may decide an answer's audience, in milliseconds. Slack reports changes. */
const KEEP = 10 * 60_000;
/** How long this may delay an answer to a user, in milliseconds. */
const PATIENCE = 500;

/** Whether other organisations read a channel; null if Slack does not say. */
export interface SharedChannels {
  /** The current state. */
  ask(client: WebClient, channel: string): Promise<boolean | null>;
  /** The cached state, or what Slack says at once; true if it does not answer in time. */
  soon(client: WebClient, channel: string): Promise<boolean | null>;
  /** Drops the cached state after a change. */
  forget(channel: string): void;
}

/**
 * If Slack refuses (we are not in the channel, or lack a scope), null is cached, so we do not ask more often.
 */
async function look(client: WebClient, channel: string): Promise<boolean | null> {
  try {
    return await readSharing(client, channel);
  } catch (error) {
    const { word, cure } = readSlackFailure(error);
    if (word === null || cure === 'wait') throw error;
    return null;
  }
}

export function createSharedChannels(now: () => Instant, log: Logger): SharedChannels {
  const kept = createKeptAnswers<boolean | null>(KEEP, now);
  const ask = async (client: WebClient, channel: string): Promise<boolean | null> => {
    if (channel.startsWith('D')) return false;
    try {
      return await kept.get(channel, () => look(client, channel));
    } catch (error) {
      const reason = slackWord(error);
      log.debug({ channel, reason }, 'nobody can tell whether other organisations read the channel');
      return null;
    }
  };
  return {
    async ask(client, channel) {
      kept.forget(channel);
      return await ask(client, channel);
    },
    async soon(client, channel) {
      if (channel.startsWith('D')) return false;
      const asked = kept.get(channel, () => look(client, channel));
      const answer = await within(
        PATIENCE,
        asked.then((shared) => ({ shared })),
      );
      return answer === null ? true : answer.shared;
    },
    forget: (channel) => kept.forget(channel),
  };
}
