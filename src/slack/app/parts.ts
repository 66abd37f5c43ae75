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
  /** Missing only where the token is no bot's. */
  readonly botId: string | undefined;
  readonly botUserId: string | undefined;
  readonly teamId: string;
  /** The Enterprise Grid organisation of the workspace; null: none. */
  readonly organisation: string | null;
}

/** What became of something a person asked or pressed. */
export interface AnsweredEvent {
  /** `command`, `action`, `view`, `event` or `shortcut`. */
  readonly listener: string;
  /** The kind of question, or what was pressed where none was asked in words: one of a few known words. */
  readonly question: string;
  readonly outcome: 'answered' | 'failed';
  readonly milliseconds: number;
}

/** What the listeners need beside Bolt's own arguments. */
export interface SlackParts extends Omit<AskParts, 'person'>, SubscriptionParts {
  readonly log: Logger;
  /** Who may use the bot, and where. */
  readonly access: AccessRules;
  readonly membership: GroupMembership;
  readonly health: () => Promise<Health>;
  /**
   * A client with the same token that repeats nothing by itself: for posts, which must not be there twice. Bolt's own
   * client does.
   */
  readonly posting: (client: WebClient) => WebClient;
  /** Sends an answer to a response URL. */
  readonly respond: Respond;
  /** What people did a moment ago, so that twice is known as such. */
  readonly acts: Acts;
  /** Told what Slack sent that nothing here answers: an event or a window of another version, by its kind. */
  readonly onUnheard: (what: string) => void;
  readonly workspaces: Workspaces;
  /** Has the delivery look at once for messages that are due an edit; does nothing where another process delivers. */
  readonly wake: () => void;
  /** Which channels other organisations read. */
  readonly sharedChannels: SharedChannels;
  readonly visibility: ChannelVisibility;
  /** Slack told that a channel is shared with other organisations now, or no longer is. */
  readonly onSharing: (channel: string, shared: boolean) => Promise<void>;
  /** Answers that were begun; a stop waits for them. */
  readonly inFlight: InFlight;
  /** Waits for this question's turn: requests of others are acknowledged first. */
  readonly turn: () => Promise<void>;
  /** Waits; rejects when the signal aborts. */
  readonly delay: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A short random name for one question, so that a person's report finds its log line. */
  readonly newCorrelationId: () => string;
  /** Told of each question once it was answered, or could not be. */
  readonly onAnswered: (event: AnsweredEvent) => void;
}

/** The parts for a question of this person's. */
export function askedBy(parts: Omit<AskParts, 'person'>, userId: string): AskParts {
  return { ...parts, person: userId };
}
