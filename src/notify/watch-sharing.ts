import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { EXTERNALLY_SHARED } from '../core/access/channel-sharing.ts';
import type { Instant } from '../lib/instant.ts';
import { isOver } from '../lib/wait.ts';
import { createOneAtATime } from '../lib/work/one-at-a-time.ts';
import { readSlackFailure } from '../slack/out/slack-failure.ts';
import type { Schema } from '../store/engine/schema.ts';
import { readNotifiedChannels, settleSharing } from '../store/subscription/sharing.ts';
import { readClosedChannels } from '../store/subscription/suspension.ts';

/** Slack tells when a channel becomes shared; an event that was lost is made up for after so many milliseconds. */
const EVERY = 3_600_000;
/** Where Slack did not answer, it is asked again sooner. */
const SOON = 60_000;

export interface SharingParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly log: Logger;
  /** Asks Slack whether other organisations read a channel; rejects as the client does. */
  readonly isShared: (channel: string) => Promise<boolean>;
  /** Tells whoever subscribed a channel why it is told nothing any more. */
  readonly notifyMaker: (channel: string, reason: string) => Promise<void>;
  /** Told when a channel was opened: there may be something to deliver. */
  readonly wake: () => void;
}

export interface SharingWatch {
  /** Slack told that a channel is shared with others now, or no longer is. */
  heard(channel: string, shared: boolean): Promise<void>;
  /** Looks at all channels that are told of something, where that is due; else only opens those whose subscriptions allow it by now. */
  look(): Promise<void>;
}

/**
 * Closes channels that other organisations can read, unless their subscriptions allow it, and opens them again. A channel
 * Slack tells nothing about stays as it is: an alert that is not told is worse than one that others may read.
 */
export function createSharingWatch({
  db,
  now,
  log,
  isShared,
  notifyMaker,
  wake,
}: SharingParts): SharingWatch {
  const serially = createOneAtATime();
  /** Why a channel could not be looked at; said once. */
  const unreadable = new Map<string, string>();
  let rest = { from: Number.NEGATIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

  async function settle(channel: string, shared: boolean): Promise<void> {
    const step = await settleSharing(db, channel, shared, now());
    if (step === 'stay') return;
    const fields = { channel, reason: EXTERNALLY_SHARED };
    if (step === 'close') {
      log.warn(
        fields,
        'other organisations read the channel; its notifications are kept back until it is subscribed with external:yes',
      );
      await notifyMaker(channel, EXTERNALLY_SHARED);
    } else {
      log.info(fields, 'the channel is told again');
      wake();
    }
  }

  /** Null: Slack did not say. */
  async function ask(channel: string): Promise<{ readonly shared: boolean | null; readonly again: boolean }> {
    try {
      const shared = await isShared(channel);
      unreadable.delete(channel);
      return { shared, again: false };
    } catch (error) {
      const { about, reason } = readSlackFailure(error);
      if (unreadable.get(channel) !== reason) {
        unreadable.set(channel, reason);
        log.warn(
          { channel, reason },
          'nobody can tell whether other organisations read the channel; it counts as not shared',
        );
      }
      return { shared: null, again: about === 'network' || about === 'limit' };
    }
  }

  async function lookAtAll(): Promise<void> {
    let missed = false;
    for (const channel of await readNotifiedChannels(db)) {
      // Direct messages with the bot are read by one person, whom every other rule has let in.
      if (channel.startsWith('D')) continue;
      const { shared, again } = await ask(channel);
      if (shared !== null) await settle(channel, shared);
      missed ||= again;
    }
    rest = { from: now(), until: now() + (missed ? SOON : EVERY) };
  }

  return {
    heard: (channel, shared) =>
      serially(async () => await settle(channel, (await ask(channel)).shared ?? shared)),
    look: () =>
      serially(async () => {
        if (isOver(rest, now())) return await lookAtAll();
        for (const channel of await readClosedChannels(db, EXTERNALLY_SHARED)) await settle(channel, true);
      }),
  };
}
