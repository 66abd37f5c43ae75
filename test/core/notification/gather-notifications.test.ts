import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  type Gathered,
  gatherMuted,
  gatherNotifications,
} from '../../../src/core/notification/gather-notifications.ts';
import type { SummaryCause } from '../../../src/core/notification/notification-content.ts';
import type { PlannedNotification } from '../../../src/core/notification/planned-notification.ts';
import { aNotification, aRoot, entriesOf } from '../planned.ts';
import { ANA, HERE, OPS } from '../subscriptions.ts';
import { HOUR, NOON } from '../tasks.ts';

const context = { channel: 'C1', now: NOON + HOUR, newId: randomUUID };
const gather = (cause: SummaryCause, ...notifications: readonly PlannedNotification[]) =>
  gatherNotifications(notifications, { ...context, cause });

/** The lines of the summary itself, such as `op-1 failing>failed`. */
function lines({ notifications }: Gathered): readonly string[] {
  const summary = notifications.find(({ content }) => content.kind === 'summary');
  return (summary ? entriesOf(summary.content) : []).map(
    ({ operationId, earlier, change }) => `${operationId} ${[...earlier, change].join('>')}`,
  );
}

/** What is told under the messages there are, such as `m-op-1 failed+broadcast`. */
const kept = (gathered: Gathered) =>
  gathered.kept.map(({ messageId, content, broadcast }) => {
    const what = content.kind === 'change' ? [...content.earlier, content.change].join('>') : content.kind;
    return `${messageId} ${what}${broadcast ? '+broadcast' : ''}`;
  });

const summaryOf = ({ notifications }: Gathered) => notifications.find(({ place }) => place === 'root');
const mentionsOf = (notification: PlannedNotification | undefined) =>
  notification && 'mentions' in notification.content ? notification.content.mentions : undefined;

describe.each(['quiet', 'suspended'] as const)('what was held back: %s', (cause) => {
  test('several tasks are one summary that names each once, with what led there, and its thread as well', () => {
    const gathered = gather(
      cause,
      aRoot('1', 'op-1', 'failing'),
      aRoot('2', 'op-2', 'stalled'),
      aNotification('3', 'op-1', 'failed'),
      aNotification('4', 'op-1', 'recovered'),
    );
    expect(lines(gathered)).toEqual(['op-1 failing>failed>recovered', 'op-2 stalled']);
    expect(gathered.notifications.map(({ place, content }) => [place, content.kind])).toEqual([
      ['root', 'summary'],
      ['reply', 'summary-part'],
    ]);
    expect(gathered.notifications[1]?.messageId).toBe(gathered.message?.id);
    expect(summaryOf(gathered)?.content).toMatchObject({ cause, noticedAt: NOON + HOUR });
    expect(gathered.message?.operationIds).toEqual(['op-1', 'op-2']);
    expect(gathered.dropped).toEqual(['m-op-1', 'm-op-2']);
    expect(gathered.kept).toEqual([]);
    const summaryId = summaryOf(gathered)?.id;
    expect([...gathered.merged]).toEqual(['1', '2', '3', '4'].map((id) => [id, summaryId]));
  });

  test('one task whose message was to be made is told by it, and nothing else', () => {
    const gathered = gather(
      cause,
      aRoot('1', 'op-1', 'failing', { mentions: [OPS] }),
      aNotification('2', 'op-1', 'failed', { broadcast: true, mentions: [ANA, OPS] }),
      aNotification('3', 'op-1', 'recovered'),
    );
    expect(gathered.message).toBeNull();
    expect(gathered.notifications).toEqual([]);
    expect(kept(gathered)).toEqual(['m-op-1 failing']);
    expect(mentionsOf(gathered.kept[0])).toEqual([OPS, ANA]);
    expect([...gathered.merged]).toEqual([
      ['2', '1'],
      ['3', '1'],
    ]);
  });

  test('one task that has a message hears its story there, the last alarm in the channel as well', () => {
    const gathered = gather(
      cause,
      aNotification('1', 'op-1', 'failing', { broadcast: true, mentions: [OPS] }),
      aNotification('2', 'op-1', 'failed', { broadcast: true, mentions: [ANA] }),
      aNotification('3', 'op-1', 'recovered'),
    );
    expect(gathered.message).toBeNull();
    expect(kept(gathered)).toEqual(['m-op-1 failing', 'm-op-1 failed+broadcast', 'm-op-1 recovered']);
    expect(gathered.kept.map(mentionsOf)).toEqual([[], [OPS, ANA], []]);
  });

  test('tasks that have a message keep their thread, and wake nobody there', () => {
    const gathered = gather(
      cause,
      aNotification('1', 'op-1', 'failed', { broadcast: true, mentions: [OPS] }),
      aRoot('2', 'op-2', 'failed', { mentions: [HERE] }),
    );
    expect(lines(gathered)).toEqual(['op-1 failed', 'op-2 failed']);
    expect(gathered.message?.operationIds).toEqual(['op-2']);
    expect(kept(gathered)).toEqual(['m-op-1 failed']);
    expect(gathered.kept.map(mentionsOf)).toEqual([[]]);
    expect(mentionsOf(summaryOf(gathered))).toEqual([OPS, HERE]);
  });

  test('a summary that was held back itself is told anew with what came since', () => {
    const first = gather(
      'storm',
      ...six.map(({ id, operationId }) => aRoot(id, operationId ?? '', 'failed')),
    );
    const later = { noticedAt: NOON + 2 * HOUR };
    const gathered = gather(
      cause,
      ...first.notifications,
      aNotification('7', 'op-3', 'recovered', { messageId: first.message?.id ?? null, ...later }),
      aRoot('8', 'op-8', 'failed', later),
    );
    expect(lines(gathered)).toEqual([
      ...['op-1 failed', 'op-2 failed', 'op-3 failed>recovered'],
      ...['op-4 failed', 'op-5 failed', 'op-6 failed', 'op-8 failed'],
    ]);
    expect(gathered.dropped).toEqual([first.message?.id, 'm-op-8']);
    expect(gathered.kept).toEqual([]);
    expect(new Set(gathered.merged.values())).toEqual(new Set([summaryOf(gathered)?.id]));
    expect(gathered.merged.size).toBe(4);
  });

  test('a summary that counts a reply of a thread of its own does not count it twice', () => {
    const first = gather(
      cause,
      aNotification('1', 'op-1', 'failed', { broadcast: true }),
      aRoot('2', 'op-2', 'failed'),
    );
    const again = gather(cause, ...first.kept, ...first.notifications);
    expect(lines(again)).toEqual(['op-1 failed', 'op-2 failed']);
    expect(kept(again)).toEqual(['m-op-1 failed']);
  });

  test('a summary of one task stays a summary, which shows what it led to', () => {
    const first = gather('away', aRoot('1', 'op-1', 'failed'));
    const reply = aNotification('2', 'op-1', 'recovered', {
      messageId: first.message?.id ?? null,
      noticedAt: NOON + 2 * HOUR,
    });
    expect(lines(gather(cause, ...first.notifications, reply))).toEqual(['op-1 failed>recovered']);
  });

  test('makes nothing younger: what is told was noticed with the last of it', () => {
    const gathered = gather(
      cause,
      aRoot('1', 'op-1', 'failed', { noticedAt: NOON - HOUR }),
      aRoot('2', 'op-2', 'failed', { noticedAt: NOON - 2 * HOUR }),
    );
    expect(gathered.notifications.map(({ noticedAt }) => noticedAt)).toEqual([NOON - HOUR, NOON - HOUR]);
  });

  test('messages that are no news of tasks are told as they are', () => {
    const blind: PlannedNotification = {
      ...aRoot('b', '', 'failed', { operationId: null, messageId: 'm-blind' }),
      content: { kind: 'blind', since: NOON, until: null, trouble: { message: '', advice: '' } },
    };
    const alone = gather(cause, blind);
    expect([alone.message, alone.kept]).toEqual([null, [blind]]);
    const among = gather(cause, aRoot('1', 'op-1', 'failed'), blind, aRoot('2', 'op-2', 'failed'));
    expect(lines(among)).toEqual(['op-1 failed', 'op-2 failed']);
    expect(among.kept).toEqual([blind]);
    expect(among.dropped).toEqual(['m-op-1', 'm-op-2']);
  });
});

const six = Array.from({ length: 6 }, (_, index) => aRoot(String(index + 1), `op-${index + 1}`, 'failed'));

describe('at once', () => {
  test('five new tasks beside five alarms of others are told one by one', () => {
    const five = six.slice(1);
    const alarms = Array.from({ length: 5 }, (_, index) =>
      aNotification(`a-${index}`, `old-${index}`, 'failed', { broadcast: true }),
    );
    const gathered = gather('storm', ...five, ...alarms);
    expect(gathered).toMatchObject({ message: null, notifications: [], kept: [...five, ...alarms] });
  });

  test('six new tasks take every alarm of others into their summary', () => {
    const alarm = aNotification('a', 'old', 'failed', { broadcast: true });
    const gathered = gather('storm', ...six, alarm, aNotification('b', 'other', 'succeeded'));
    expect(lines(gathered)).toContain('old failed');
    expect(kept(gathered)).toEqual(['m-old failed', 'm-other succeeded']);
  });

  test('six replies in one thread are one that names all, and their changes in order', () => {
    const replies = six.map(({ id, operationId }) =>
      aNotification(id, operationId ?? '', 'succeeded', { messageId: 'm-1' }),
    );
    const more = aNotification('7', 'op-1', 'recovered', { messageId: 'm-1' });
    const gathered = gather('storm', ...replies, more, aNotification('8', 'op-8', 'succeeded'));
    expect(gathered.message).toBeNull();
    const [part] = gathered.notifications;
    expect(part).toMatchObject({ place: 'reply', messageId: 'm-1', broadcast: false, operationId: null });
    expect(part && entriesOf(part.content)).toHaveLength(6);
    expect(part && entriesOf(part.content)[0]).toMatchObject({ earlier: ['succeeded'], change: 'recovered' });
    expect([...gathered.merged.keys()].toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(kept(gathered)).toEqual(['m-op-8 succeeded']);
  });

  test('nothing is nothing', () => {
    for (const cause of ['storm', 'away', 'quiet', 'suspended'] as const) {
      expect(gather(cause)).toEqual({
        message: null,
        notifications: [],
        kept: [],
        merged: new Map(),
        dropped: [],
      });
    }
  });
});

describe('after mutes', () => {
  const muted = (...notifications: readonly PlannedNotification[]) => gatherMuted(notifications, context);

  test('each thread gets one reply: the latest change, what led there, and the alarm if there was one', () => {
    const gathered = muted(
      aNotification('1', 'op-1', 'failing', { broadcast: true, mentions: [OPS] }),
      aNotification('2', 'op-2', 'stalled'),
      aNotification('3', 'op-1', 'failed', { broadcast: true, mentions: [ANA] }),
      aNotification('4', 'op-1', 'recovered'),
    );
    expect(kept(gathered)).toEqual(['m-op-1 failing>failed>recovered+broadcast', 'm-op-2 stalled']);
    expect(gathered.kept.map(mentionsOf)).toEqual([[OPS, ANA], []]);
    expect([...gathered.merged]).toEqual([
      ['1', '4'],
      ['3', '4'],
    ]);
    expect(gathered.message).toBeNull();
  });

  test('two tasks of one summary’s thread stay two', () => {
    const inOne = { messageId: 'm-1' };
    const gathered = muted(
      aNotification('1', 'op-1', 'failed', inOne),
      aNotification('2', 'op-2', 'failed', inOne),
    );
    expect(gathered.kept.map(({ operationId }) => operationId)).toEqual(['op-1', 'op-2']);
    expect(gathered.merged.size).toBe(0);
  });

  test('of many alarms the channel sees one summary', () => {
    const alarms = six.flatMap(({ id, operationId }) => [
      aNotification(`${id}a`, operationId ?? '', 'failing', { broadcast: true }),
      aNotification(`${id}b`, operationId ?? '', 'failed', { broadcast: true }),
    ]);
    const gathered = muted(...alarms);
    expect(lines(gathered)).toEqual(six.map(({ operationId }) => `${operationId} failing>failed`));
    expect(kept(gathered)).toEqual(six.map(({ operationId }) => `m-${operationId} failing>failed`));
    expect([...gathered.merged]).toEqual(six.map(({ id }) => [`${id}a`, `${id}b`]));
  });
});

describe('many at once', () => {
  test.each(['storm', 'quiet'] as const)('twenty thousand tasks are all gathered: %s', (cause) => {
    const all = Array.from({ length: 20_000 }, (_, index) =>
      index % 2 === 0
        ? aRoot(`r-${index}`, `op-${index}`, 'failed')
        : aNotification(`n-${index}`, `op-${index}`, 'failed', { broadcast: true }),
    );
    expect(lines(gather(cause, ...all))).toHaveLength(20_000);
  });
});
