import type { DisconnectReason } from './api/sockets.ts';
import type { Channel, Person, UserGroupSeed } from './directory.ts';
import type { Fault, FaultHandle } from './faults.ts';
import type { JsonObject } from './json.ts';
import type { Rate } from './options.ts';
import type {
  CommandAct,
  DirectMessageAct,
  MentionAct,
  MessageShortcutAct,
  PressAct,
  PressInViewAct,
  SayAct,
  ShortcutAct,
  SubmitViewAct,
} from './people/acts.ts';
import type { Delivered, Delivery } from './people/deliver.ts';
import type {
  Acknowledgement,
  ApiCall,
  Ephemeral,
  Message,
  OpenedView,
  Post,
  Readable,
  Refusal,
  Violation,
} from './types.ts';
import type { UntilOptions } from './until.ts';

/** A Slack workspace on this machine: what the bot connects to, what people do in it, and what they see. */
export interface Workspace {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
  /** The workspace that installed the app, and the one outsiders come from. */
  readonly teamId: string;
  readonly teamName: string;
  readonly partnerTeamId: string;
  close(): Promise<void>;

  // People and places, by id or by name.
  /** Everybody, the bot among them; every conversation, direct messages once they were opened. */
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly userGroups: readonly UserGroupSeed[];
  person(idOrName: string): Person;
  channelInfo(idOrName: string): Channel;
  /** The direct message between a person and the bot; opened when there is none. */
  directChannel(user: string): Promise<Channel>;
  /** Changes what the bot may do in a channel while the workspace runs. */
  changeChannel(idOrName: string, change: Partial<Pick<Channel, 'botIsMember' | 'archived'>>): void;
  /** Shares a channel with the partner's workspace, or ends that. `untold`: Slack's event is lost. */
  shareChannel(idOrName: string, shared: boolean, tell?: 'told' | 'untold'): Promise<Acknowledgement | null>;

  // Where the bot is.
  /** HTTP mode: where requests go; several addresses take turns. */
  connectHttp(...urls: readonly string[]): void;
  /** Open Socket Mode connections. */
  readonly socketCount: number;
  /** Tells the sockets to go, as Slack does before it takes a connection away. */
  disconnectSockets(reason?: DisconnectReason): void;
  /** Cuts the sockets without a word. */
  dropSockets(): void;

  // What people do.
  command(act: CommandAct): Promise<Acknowledgement>;
  press(act: PressAct): Promise<Acknowledgement>;
  pressInView(act: PressInViewAct): Promise<Acknowledgement>;
  submitView(act: SubmitViewAct): Promise<Acknowledgement>;
  /** Null when the view did not ask to be told. */
  closeView(act: SubmitViewAct): Promise<Acknowledgement | null>;
  shortcut(act: ShortcutAct): Promise<Acknowledgement>;
  messageShortcut(act: MessageShortcutAct): Promise<Acknowledgement>;
  mention(act: MentionAct): Promise<Acknowledgement>;
  /** Writes in a channel without calling the bot, which hears nothing of it. Gives the message's `ts`. */
  write(act: SayAct): Promise<string>;
  /** Deletes a message, be it the bot's, as an administrator may. The bot hears nothing of it. */
  deleteMessage(channel: string, ts: string): Promise<void>;
  directMessage(act: DirectMessageAct): Promise<Acknowledgement>;
  openHome(user: string): Promise<Acknowledgement>;
  /** Any request of Slack's as a raw payload, signed as it says. */
  deliver(delivery: Delivery): Promise<Delivered>;
  /** Any other event, as its inner object. */
  sendEvent(event: JsonObject): Promise<Acknowledgement>;

  // What there is to see.
  channel(idOrName: string): readonly Message[];
  /** What single persons see; replaced ones as they are now, deleted ones marked. */
  ephemerals(user?: string): readonly Ephemeral[];
  readonly views: readonly OpenedView[];
  /** The modal on top of a person's screen. */
  modal(user: string): OpenedView | undefined;
  home(user: string): OpenedView | undefined;
  /** Every effective message operation of the bot, in order. */
  readonly posts: readonly Post[];
  readonly apiCalls: readonly ApiCall[];
  /** What was sent against Slack's limits. */
  readonly violations: readonly Violation[];
  /** Every post refused by the rate of one a second and channel. */
  readonly rateLimited: readonly Refusal[];
  plainText(message: Partial<Readable>): string;
  plainView(view: JsonObject): string;
  /** Everything the workspace shows, for people. */
  describe(): string;
  /** Resolves with the first truthy answer of `look`, asked at once and after every change. */
  until<T>(look: (workspace: Workspace) => T | false | null | undefined, options?: UntilOptions): Promise<T>;
  /** Calls the listener after every change, until the returned function is called. */
  onChange(listener: () => void): () => void;

  // What goes wrong.
  fault(fault: Fault): FaultHandle;
  clearFaults(): void;
  /** Takes these scopes from the bot token from now on; none gives all back that it was installed with. */
  withholdScopes(scopes: readonly string[]): void;
  setPostRate(rate: Rate | 'off'): void;
  setHistoryRate(rate: Rate | 'off'): void;
}
