import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import type { Explanation } from '../../../src/core/question/explain.ts';
import { why } from '../../../src/render/question/why.ts';
import { aTask, DAY, HOUR, MINUTE, NOON } from '../../core/tasks.ts';
import { EXTREME_TASKS } from '../samples.ts';
import { expectSound, HOSTILE, readable } from '../sound.ts';

type Notification = NonNullable<Explanation['notification']>;

const SENT: Notification = { state: 'sent', held: null, doubtful: false, sentAt: NOON + 3 * MINUTE };

function explanation(reason: string, words: Partial<Explanation> = {}): Explanation {
  return {
    kind: 'failed',
    at: NOON,
    noticedAt: NOON + MINUTE,
    reason,
    notification: null,
    filters: [],
    ...words,
  };
}

function said(...explanations: readonly Explanation[]): string {
  return readable(why({ task: aTask(), firstSeenAt: NOON - DAY, explanations, older: false }));
}

describe('why', () => {
  test.each([
    ['first-notification', 'the first message of the task here (`first-notification`)'],
    ['has-a-thread', 'it was told in its thread (`has-a-thread`)'],
    ['told-in-a-summary', 'together with other tasks'],
    ['quiet-hours', 'it came in the quiet hours'],
    ['muted', 'the task was muted here (`muted`)'],
  ])('%s: told, when, and how late', (reason, sentence) => {
    const text = said(explanation(reason, { notification: SENT }));
    expect(text).toContain(':red_circle: *failed*');
    expect(text).toMatch(/told <!date[^>]*>, 3 min after it happened: /);
    expect(text).toContain(sentence);
  });

  test.each([
    ['kind-not-wanted', 'no subscription here that fits the task wants this kind of change'],
    ['thresholds-of-others', 'by thresholds that no subscription here goes by'],
    ['muted', 'the task was muted here'],
    ['not-subscribed-then', 'this channel had no subscription yet'],
    ['not-recorded', 'the reason is no longer kept'],
    ['of-a-later-version', 'another version of me decided this (`of-a-later-version`)'],
  ])('%s: not told', (reason, sentence) => {
    const text = said(explanation(reason));
    expect(text).toContain('*not told*: ');
    expect(text).toContain(sentence);
  });

  test('a filter is named as it is written', () => {
    const filters = ['software', 'model:WM20 -group:test', '', 'fw'].map((line) => parseTerms(line).terms);
    const text = said(explanation('filter-does-not-match', { filters }));
    expect(text).toContain(
      'the task does not fit `software`, `model:WM20 -group:test`, all tasks and 1 other filter',
    );
    const now = said(explanation('filter-did-not-match-then', { filters: filters.slice(0, 1) }));
    expect(now).toContain('`software` fits the task as it is now, and did not then');
  });

  test.each([
    [{ state: 'held', held: 'quiet' }, '*waits* for the end of the quiet hours'],
    [{ state: 'held', held: 'muted' }, '*waits* for the end of the mute'],
    [{ state: 'suspended' }, '*waits* for this channel to be open to me again'],
    [{ state: 'pending' }, '*not told yet*, on its way'],
    [{ state: 'sending' }, '*not told yet*, on its way'],
    [{ state: 'merged' }, 'told with other news'],
    [{ state: 'refused' }, 'Slack took the message in no form'],
    [{ state: 'expired' }, 'closed to me for more than 7 days'],
    [{ state: 'withdrawn' }, 'this channel unsubscribed before'],
    [{ state: 'of a later version' }, '`of a later version`'],
    [{ doubtful: true }, 'It may stand here twice.'],
    [{ sentAt: NOON - HOUR }, ', at once: '],
    [{ sentAt: null }, 'told: '],
  ] as const)('what became of the notification: %j', (words, sentence) => {
    expect(said(explanation('first-notification', { notification: { ...SENT, ...words } }))).toContain(
      sentence,
    );
  });

  test('nothing happened', () => {
    expect(said()).toContain('Nothing happened to it since I watch it');
  });

  test('is told without blocks as well', () => {
    const { text } = why({
      task: aTask(),
      firstSeenAt: NOON,
      explanations: [
        explanation('first-notification', { kind: 'failing', notification: SENT }),
        explanation('told-with-the-first-notification', { kind: 'created' }),
        explanation('kind-not-wanted'),
      ],
      older: true,
    });
    expect(text.split('\n').slice(1)).toEqual([
      '2024-03-11 12:00 UTC failing: told, first-notification',
      '2024-03-11 12:00 UTC created: told, told-with-the-first-notification',
      '2024-03-11 12:00 UTC failed: not told, kind-not-wanted',
    ]);
  });

  test.each(EXTREME_TASKS)('of %s fits', (_, task) => {
    const filters = Array.from({ length: 9 }, () => [
      { field: 'model' as const, values: [HOSTILE.repeat(20)], not: false },
    ]);
    const explanations = Array.from({ length: 20 }, () => [
      explanation('filter-does-not-match', { filters, kind: HOSTILE }),
      explanation(HOSTILE, { notification: { ...SENT, state: HOSTILE, doubtful: true } }),
    ]).flat();
    expectSound(why({ task, firstSeenAt: NOON, explanations, older: true }));
    expectSound(why({ task, firstSeenAt: NOON, explanations: [], older: false }));
  });
});
