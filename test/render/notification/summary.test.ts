import { describe, expect, test } from '@jest/globals';
import type {
  NotificationContent,
  SummaryCause,
} from '../../../src/core/notification/notification-content.ts';
import { summaryPart, summaryRoot } from '../../../src/render/notification/summary.ts';
import { aTask, HOUR, NOON } from '../../core/tasks.ts';
import { CALLS, entryOf, MENTIONS } from '../samples.ts';
import { readable } from '../sound.ts';

const entries = [entryOf('a'), entryOf('b', 'failed', ['failing']), entryOf('c', 'stalled')];
const OWN = entries.map(({ operationId }) => aTask({ operationId }));
const contentOf = (cause: SummaryCause): Extract<NotificationContent, { kind: 'summary' }> => ({
  kind: 'summary',
  cause,
  noticedAt: NOON,
  entries,
  mentions: [],
});
const summary = (cause: SummaryCause = 'storm', own = OWN) =>
  readable(summaryRoot(contentOf(cause), own, false));

describe('a summary', () => {
  test.each([
    ['storm', 'at once'],
    ['away', 'while I was away'],
    ['quiet', 'during quiet hours'],
    ['suspended', 'while I could not post here'],
  ] as const)('of a %s says so', (cause, when) => {
    expect(summary(cause)).toContain(`*3 upgrade tasks changed ${when}*`);
    expect(summaryRoot(contentOf(cause), OWN, false).text).toBe(
      `3 upgrade tasks changed ${when}: 2 failed, 1 stalled`,
    );
  });

  test('counts what happened', () => {
    expect(summary()).toContain(':red_circle: failed *2*   :hourglass: stalled *1*');
    expect(summary()).toContain('Every task is named in the thread.');
  });

  test('says how the tasks stand now only where it speaks of all of them', () => {
    expect(summary()).toContain('Now: :large_blue_circle: running 3.');
    expect(summary('storm', OWN.slice(1))).not.toContain('Now:');
    expect(summary('storm', [])).not.toContain('Now:');
  });

  test('looks the same in whatever order the store gives the tasks', () => {
    const statuses = ['stopped', 'failed', 'running'] as const;
    const own = OWN.map((task, place) => aTask({ ...task, status: statuses[place] ?? 'unknown' }));
    const [one, other] = [summary('storm', own), summary('storm', own.toReversed())];
    expect(one).toContain(
      'Now: :red_circle: failed 1 · :large_blue_circle: running 1 · :black_circle: stopped 1.',
    );
    expect(other).toBe(one);
  });

  test('calls first whom it is to call', () => {
    const { text, blocks } = summaryRoot({ ...contentOf('quiet'), mentions: MENTIONS }, OWN, false);
    expect(text.startsWith(`${CALLS.join(' ')} 3 upgrade tasks`)).toBe(true);
    expect(JSON.stringify(blocks[0])).toContain(`"text":"${CALLS.join(' ')}\\n:crescent_moon:`);
  });
});

describe('a part of its thread', () => {
  const part = summaryPart(
    { kind: 'summary-part', noticedAt: NOON + 2 * HOUR, entries },
    new Map([['a', aTask({ operationId: 'a' })]]),
    false,
  );

  test('names each task, what it went through and how late it is told', () => {
    const text = readable(part);
    expect(text).toContain(':red_circle: failed · Firmware upgrade · `a`');
    expect(text).toContain(':red_circle: begins to fail, then failed · `b`');
    expect(text).toContain('told 2 h later');
  });

  test('tells the same without blocks', () => {
    expect(part.text).toBe('failed: Firmware upgrade (a)\nbegins to fail, then failed: (b)\nstalled: (c)');
  });
});
