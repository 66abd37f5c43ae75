import { describe, expect, test } from '@jest/globals';
import { channelRows, threadRows } from '../../../../sandbox/web/client/shown/message-rows.ts';
import { replyAuthors, replyCount, rootTsOf } from '../../../../sandbox/web/client/shown/thread.ts';
import { message, stamp } from './shown-message.ts';

const NOON = Date.UTC(2026, 10, 22, 12) / 1000;

describe('what a channel shows', () => {
  test('a divider for each day of the reader', () => {
    const late = NOON + 11.5 * 3600;
    const all = [message(NOON), message(late)];
    expect(channelRows(all, 'UTC').map(({ kind }) => kind)).toEqual(['day', 'message', 'message']);
    expect(channelRows(all, 'Europe/Madrid').map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'day',
      'message',
    ]);
  });

  test('replies under their roots, and in the channel only where they were broadcast', () => {
    const root = message(NOON);
    const reply = message(NOON + 1, { threadTs: root.ts });
    const broadcast = message(NOON + 2, { threadTs: root.ts, broadcast: true });
    const rows = channelRows([root, reply, broadcast], 'UTC');
    expect(rows).toMatchObject([
      { kind: 'day' },
      { message: root, replies: [reply, broadcast] },
      { message: broadcast, replies: [] },
    ]);
    expect(rootTsOf(broadcast)).toBe(root.ts);
    expect(threadRows(root, [reply, broadcast], 'UTC')).toHaveLength(4);
  });

  test('close messages of one author share a head; blocks and notes above a message need one', () => {
    const follows = (...all: ReturnType<typeof message>[]) =>
      channelRows(all, 'UTC').flatMap((row) => (row.kind === 'message' ? [row.follows] : []));
    expect(follows(message(NOON), message(NOON + 60))).toEqual([false, true]);
    expect(follows(message(NOON), message(NOON + 600))).toEqual([false, false]);
    expect(follows(message(NOON), message(NOON + 60, { author: 'UWEI' }))).toEqual([false, false]);
    expect(follows(message(NOON), message(NOON + 60, { onlyYou: true }))).toEqual([false, false]);
    expect(follows(message(NOON), message(NOON + 60, { blocks: [{ type: 'divider' }] }))).toEqual([
      false,
      false,
    ]);
  });

  test('what leads to a thread', () => {
    const replies = ['UANA', 'UWEI', 'UANA'].map((author, index) =>
      message(NOON + index, { author, threadTs: stamp(1) }),
    );
    expect(replyCount(replies)).toBe('3 replies');
    expect(replyCount(replies.slice(0, 1))).toBe('1 reply');
    expect(replyAuthors(replies, 3)).toEqual(['UANA', 'UWEI']);
  });
});
