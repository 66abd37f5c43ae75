import type { JsonObject } from '../workspace/json.ts';
import type { CommandAct, PressAct, PressInViewAct, SubmitViewAct } from '../workspace/people/acts.ts';

/**
 * What the page and its server say to each other. The server sends a whole `Snapshot` as a server-sent event after every
 * change; the page posts acts as JSON. Both sides only need this file of each other.
 */

/** One message as one person sees it. */
export interface ShownMessage {
  readonly ts: string;
  readonly threadTs: string | null;
  /** Who wrote it: a person's id or the bot's. */
  readonly author: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly broadcast: boolean;
  readonly edited: boolean;
  /** Only this person sees it; then `ts` names it in acts as `ephemeralId`. */
  readonly onlyYou: boolean;
  /** The bot sent something beyond Slack's limits with it; each sentence says what. */
  readonly violations: readonly string[];
}

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  /** A member of another workspace in a shared channel. */
  readonly outsider: boolean;
  readonly realName: string;
  /** IANA name; Slack's dates are shown in the zone of the reader. */
  readonly timeZone: string;
  /** The workspace this person belongs to. */
  readonly team: string;
}

export interface ShownChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'shared' | 'direct';
  readonly botIsMember: boolean;
  readonly archived: boolean;
}

export interface ShownView {
  readonly id: string;
  readonly view: JsonObject;
  /** Views below it. */
  readonly depth: number;
  /** What its last submission was refused with, by block id. */
  readonly errors: Readonly<Record<string, string>> | null;
}

/** The simulated fleet and what goes wrong, as the control panel shows them. */
export interface ControlState {
  /** The platform's clock, milliseconds since 1970. */
  readonly now: number;
  /** Simulated seconds per second; 0 stands still. */
  readonly speed: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Active tasks first, newest first; a bounded number of them. */
  readonly tasks: readonly {
    readonly operationId: string;
    readonly name: string;
    readonly status: string;
    readonly total: number;
    readonly done: number;
    readonly failed: number;
    readonly stalled: boolean;
  }[];
  readonly platform: 'well' | 'throttled' | 'down';
  /** What happens to the bot's next calls of Slack. */
  readonly slack: 'well' | 'loses-next-answer' | 'down';
  readonly historyScopes: boolean;
  readonly bot: {
    readonly state: 'starting' | 'running' | 'killed';
    readonly pid: number | null;
    readonly starts: number;
  };
}

/** What the app offers from outside a message (`global`) and in the menu of a message (`message`). */
export interface ShownShortcut {
  readonly callbackId: string;
  readonly name: string;
  readonly type: 'global' | 'message';
}

/** Everything one person sees. */
export interface Snapshot {
  readonly me: string;
  readonly botId: string;
  readonly people: readonly ShownPerson[];
  /** Those this person is in; direct messages with the bot among them. */
  readonly channels: readonly ShownChannel[];
  /** By channel, oldest first, replies included. */
  readonly messages: Readonly<Record<string, readonly ShownMessage[]>>;
  readonly modal: ShownView | null;
  readonly home: JsonObject | null;
  readonly usageHint: string;
  /** Names behind `<!subteam^S…>`. */
  readonly userGroups: readonly { readonly id: string; readonly handle: string }[];
  readonly shortcuts: readonly ShownShortcut[];
  /**
   * What the bot sent beyond Slack's limits and no message shows: views, files. A message Slack would have refused is
   * shown in its channel with `violations`; it is no message of the workspace, so nothing in it can be pressed.
   */
  readonly violations: readonly string[];
  readonly control: ControlState;
}

/** What the control panel can do. */
export type ControlAct =
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'skip'; readonly milliseconds: number }
  | { readonly kind: 'start-task' }
  | {
      readonly kind: 'task';
      readonly operationId: string;
      readonly does: 'fail-devices' | 'finish-devices' | 'stall' | 'go-on' | 'stop' | 'fail' | 'retry';
    }
  | { readonly kind: 'platform'; readonly state: ControlState['platform'] }
  | { readonly kind: 'slack'; readonly state: ControlState['slack'] }
  | { readonly kind: 'history-scopes'; readonly granted: boolean }
  | { readonly kind: 'kill-bot' }
  | { readonly kind: 'start-bot' };

/**
 * `GET /events?user=U…`: server-sent events, each a `Snapshot`. `POST /act` takes one of these and answers
 * `{ok: true}` or `{ok: false, message}` with a sentence for people.
 */
export type Act =
  | ({ readonly act: 'command' } & CommandAct)
  | ({ readonly act: 'press' } & PressAct)
  | ({ readonly act: 'press-in-view' } & PressInViewAct)
  | ({ readonly act: 'submit-view' } & SubmitViewAct)
  | ({ readonly act: 'close-view' } & SubmitViewAct)
  /**
   * Plain text: a mention of the bot in a channel, or a direct message to it. A leading `@upgrades` is understood and not
   * needed. `mention: false` writes in the channel without calling the bot; `threadTs` writes in a thread.
   */
  | {
      readonly act: 'say';
      readonly user: string;
      readonly channel: string;
      readonly text: string;
      readonly mention?: boolean | undefined;
      readonly threadTs?: string | undefined;
    }
  | { readonly act: 'shortcut'; readonly user: string; readonly callbackId: string }
  | {
      readonly act: 'message-shortcut';
      readonly user: string;
      readonly callbackId: string;
      readonly channel: string;
      readonly messageTs: string;
    }
  | { readonly act: 'open-home'; readonly user: string }
  | ({ readonly act: 'control' } & { readonly control: ControlAct });
