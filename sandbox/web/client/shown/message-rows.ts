import type { ShownMessage } from '../../contract.ts';
import { momentOf } from '../text/message-time.ts';
import { isoDay } from '../text/slack-date.ts';
import { repliesOf } from './thread.ts';

/** One line of a message list: the divider of a day, or a message. */
export type Row =
  | { readonly kind: 'day'; readonly ts: string }
  | {
      readonly kind: 'message';
      readonly message: ShownMessage;
      /** Follows one of the same author closely, so that its head need not be repeated. */
      readonly follows: boolean;
      readonly replies: readonly ShownMessage[];
    };

/** Messages of one author within this time stand under one head. */
const CLOSE = 5 * 60_000;

/** What a channel shows: its own messages and the replies that were broadcast to it. */
export function channelRows(messages: readonly ShownMessage[], zone: string): readonly Row[] {
  const shown = messages.filter(
    ({ ts, threadTs, broadcast }) => threadTs === null || threadTs === ts || broadcast,
  );
  return rows(shown, zone, (message) => (message.broadcast ? [] : repliesOf(messages, message.ts)));
}

/** What a thread shows: its root and all replies. */
export function threadRows(
  root: ShownMessage,
  replies: readonly ShownMessage[],
  zone: string,
): readonly Row[] {
  return rows([root, ...replies], zone, () => []);
}

function rows(
  shown: readonly ShownMessage[],
  zone: string,
  replies: (message: ShownMessage) => readonly ShownMessage[],
): readonly Row[] {
  return shown.flatMap((message, index): Row[] => {
    const before = shown[index - 1];
    const sameDay =
      before !== undefined && isoDay(momentOf(before.ts), zone) === isoDay(momentOf(message.ts), zone);
    const row: Row = {
      kind: 'message',
      message,
      follows: sameDay && follows(before, message),
      replies: replies(message),
    };
    return sameDay ? [row] : [{ kind: 'day', ts: message.ts }, row];
  });
}

function follows(before: ShownMessage, message: ShownMessage): boolean {
  const close = momentOf(message.ts) - momentOf(before.ts) < CLOSE;
  // Blocks, and lines of their own above a message, need a head to stand under.
  const special = [before, message].some(
    ({ onlyYou, broadcast, violations, blocks }) =>
      onlyYou || broadcast || violations.length > 0 || blocks.length > 0,
  );
  return close && before.author === message.author && !special;
}
