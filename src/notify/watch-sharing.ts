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

/** Milliseconds between full checks. Slack sends an event when a channel becomes shared; this makes up for a lost one. */
const EVERY = 3_600_000;
/** Milliseconds until the next full check when Slack did not answer. */
const SOON = 60_000;

export interface SharingParts {
  readonly db: Kysely<Schema>;
  readonly now: () => Instant;
  readonly log: Logger;
  /** Asks Slack whether other organisations can read a channel; rejects as the client does. */
  readonly isShared: (channel: string) => Promise<boolean>;
  /** Notifies the people who subscribed a channel that it is closed, and why. */
  readonly notifyMaker: (channel: string, reason: string) => Promise<void>;
  /** Called when a channel was reopened: there may be something to deliver. */
  readonly wake: () => void;
}

export interface SharingWatch {
  /** Handles Slack's report that a channel is now shared with other organisations, or no longer is. */
  heard(channel: string, shared: boolean): Promise<void>;
  /** Checks all notified channels if a full check is due. Otherwise only reopens those whose subscriptions now allow it. */
  look(): Promise<void>;
}

/**
 * Closes channels that other organisations can read, unless their subscriptions allow it, and reopens them later. If
 * Slack gives no answer, a channel stays as it is: a missing alert is worse than one that outsiders may read.
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
  /** Why each channel could not be checked; each reason is logged once. */
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

  /** `shared` is null if Slack did not say; `again` means that asking again soon may help. */
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
      // A direct message with the bot has one reader, and every other rule has let them in.
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
