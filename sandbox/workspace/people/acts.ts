import type { JsonObject } from '../json.ts';
import type { Target } from './find-element.ts';
import type { Signature } from './signature.ts';
import type { Filled } from './view-state.ts';

/** Who acts. People and channels are named by id or name. */
export interface Act {
  readonly user: string;
  readonly signature?: Signature;
}

export interface CommandAct extends Act {
  readonly channel: string;
  readonly text?: string;
  /** Default `/upgrades`. */
  readonly command?: string;
}

export interface PressAct extends Act, Target {
  readonly channel?: string;
  readonly messageTs?: string;
  readonly ephemeralId?: string;
  /** For selects: the option's value or text, a user, a date. */
  readonly selected?: string | readonly string[];
}

export interface PressInViewAct extends Act, Target {
  /** Default: the view on top of this person's screen. */
  readonly viewId?: string;
  readonly selected?: string | readonly string[];
  readonly values?: Filled;
}

export interface SubmitViewAct extends Act {
  readonly viewId?: string;
  /** What was filled in, by action id or block id. */
  readonly values?: Filled;
}

export interface ShortcutAct extends Act {
  readonly callbackId: string;
}

export interface MessageShortcutAct extends ShortcutAct {
  readonly channel: string;
  readonly messageTs: string;
}

/** A repeated delivery of an event has the same id and a retry number. */
export interface Repeatable {
  readonly eventId?: string;
  readonly retryNum?: number;
}

export interface MentionAct extends Act, Repeatable {
  readonly channel: string;
  /** Without the mention itself, which is put in front. */
  readonly text: string;
  readonly threadTs?: string;
}

/** Something a person, or another program in their name, writes in a channel. */
export interface SayAct extends Omit<MentionAct, keyof Repeatable> {
  readonly blocks?: readonly JsonObject[];
  readonly attachments?: readonly JsonObject[];
}

export interface DirectMessageAct extends Act, Repeatable {
  readonly text: string;
  /** As Slack describes files that were dropped into the message. */
  readonly files?: readonly JsonObject[];
}
