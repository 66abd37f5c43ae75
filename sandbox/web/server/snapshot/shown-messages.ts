import type { Ephemeral, Message, Reply, Violation } from '../../../workspace/types.ts';
import type { ShownMessage } from '../../contract.ts';
import { refusedMessages } from './refused-messages.ts';

/** What a snapshot carries of one channel; more would make every event of a long-running sandbox slower. */
const MOST_ROOTS = 100;
const MOST_REPLIES = 200;
const MOST_EPHEMERALS = 50;

/** What stands in one channel. `ephemerals` and `violations` may be those of the whole workspace. */
export interface ChannelContent {
  readonly channel: string;
  readonly roots: readonly Message[];
  readonly ephemerals: readonly Ephemeral[];
  readonly violations: readonly Violation[];
}

/** One channel as one person sees it, oldest first: messages, replies, what only this person sees, what Slack refused. */
export function shownMessages(content: ChannelContent, me: string, botId: string): readonly ShownMessage[] {
  const { channel, roots } = content;
  const messages = roots
    .slice(-MOST_ROOTS)
    .flatMap((root) => [shown(root), ...root.replies.slice(-MOST_REPLIES).map(shown)]);
  const ephemerals = content.ephemerals
    .filter((one) => one.user === me && one.channel === channel && !one.deleted)
    .slice(-MOST_EPHEMERALS)
    .map((one) => shownEphemeral(one, botId));
  const refused = refusedMessages(content.violations, channel, me, botId);
  return [...messages, ...ephemerals, ...refused].sort(byTime);
}

function shown(message: Reply): ShownMessage {
  return {
    ts: message.ts,
    threadTs: message.threadTs,
    author: message.user,
    text: message.text,
    blocks: message.blocks,
    broadcast: message.broadcast,
    edited: message.edits > 0,
    onlyYou: false,
    violations: [],
  };
}

function shownEphemeral(message: Ephemeral, botId: string): ShownMessage {
  return {
    ts: message.id,
    threadTs: message.threadTs,
    author: botId,
    text: message.text,
    blocks: message.blocks,
    broadcast: false,
    edited: message.replaced > 0,
    onlyYou: true,
    violations: [],
  };
}

/** Timestamps have a fixed width, so their order as text is their order in time. */
function byTime(a: ShownMessage, b: ShownMessage): number {
  return a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0;
}
