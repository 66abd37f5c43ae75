import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Instant } from '../../lib/instant.ts';
import { createKeptAnswers } from '../../lib/kept-answers.ts';
import { readSlackFailure, slackWord } from '../out/slack-failure.ts';
import { readSharing } from './read-sharing.ts';
import { within } from './within.ts';

/** How long an answer counts where only the audience of an answer depends on it. Slack tells of changes. Milliseconds. */
const KEEP = 10 * 60_000;
/** How long an answer to a person may be held up by this. */
const PATIENCE = 500;

/** Whether other organisations read a channel; null: Slack does not say. */
export interface SharedChannels {
  /** As it is now. */
  ask(client: WebClient, channel: string): Promise<boolean | null>;
  /** As it was lately, or what Slack says at once; true where it does not answer in time. */
  soon(client: WebClient, channel: string): Promise<boolean | null>;
  /** It changed. */
  forget(channel: string): void;
}

/** A channel Slack says nothing about (we are not in it, a scope is missing) is asked about no more often than others. */
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
