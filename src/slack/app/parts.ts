import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AskParts, SubscriptionParts } from '../../ask/parts.ts';
import type { AccessRules } from '../../core/access/access.ts';
import type { Health } from '../../core/question/answer.ts';
import type { InFlight } from '../../lib/work/in-flight.ts';
import type { Respond } from '../out/response-url.ts';
import type { ChannelVisibility } from '../workspaces/channel-visibility.ts';
import type { GroupMembership } from '../workspaces/group-membership.ts';
import type { SharedChannels } from '../workspaces/shared-channels.ts';
import type { Workspaces } from '../workspaces/workspaces.ts';
import type { Acts } from './acts.ts';

/** Who we are in the workspace that installed us. */
export interface Identity {
  /** Missing only if the token is not a bot's. */
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
  readonly teamId: string;
  /** The workspace's Enterprise Grid organisation; null if it has none. */
  readonly organisation: string | null;
}

/** The outcome of something a user asked or pressed. */
export interface AnsweredEvent {
  /** `command`, `action`, `view`, `event` or `shortcut`. */
  readonly listener: string;
  /** The kind of question, or what was pressed: one of a few known words. */
  readonly question: string;
  readonly outcome: 'answered' | 'failed';
  readonly milliseconds: number;
}

/** What the listeners need besides Bolt's own arguments. */
export interface SlackParts extends Omit<AskParts, 'person'>, SubscriptionParts {
  readonly log: Logger;
  /** Who may use the bot, and where. */
  readonly access: AccessRules;
  readonly membership: GroupMembership;
  readonly health: () => Promise<Health>;
  /** A client with the same token that never retries (Bolt's does), for posts, which must not appear twice. */
  readonly posting: (client: WebClient) => WebClient;
  /** Sends an answer to a response URL. */
  readonly respond: Respond;
  /** Recent acts of users, to detect repeats. */
  readonly acts: Acts;
  /** Called with what nothing here handles, such as an event or a modal from another version. */
  readonly onUnheard: (what: string) => void;
  readonly workspaces: Workspaces;
  /** Makes the delivery check for due edits at once; does nothing if another process delivers. */
  readonly wake: () => void;
  /** Which channels other organisations read. */
  readonly sharedChannels: SharedChannels;
  readonly visibility: ChannelVisibility;
  /** Called when a channel was shared with another organisation, or unshared. */
  readonly onSharing: (channel: string, shared: boolean) => Promise<void>;
  /** Answers in progress; a stop waits for them. */
  readonly inFlight: InFlight;
  /** Waits for this question's turn, so that other requests are acknowledged first. */
  readonly turn: () => Promise<void>;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A short random id for one question, so that a user's report leads to its log line. */
  readonly newCorrelationId: () => string;
  /** Called once each question was answered, or could not be. */
  readonly onAnswered: (event: AnsweredEvent) => void;
}

/** The parts for this user's question. */
export function askedBy(parts: Omit<AskParts, 'person'>, userId: string): AskParts {
  return { ...parts, person: userId };
}
