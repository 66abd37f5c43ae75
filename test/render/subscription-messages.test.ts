import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../src/core/change/changes.ts';
import { unknownName } from '../../src/core/filter/unknown-value.ts';
import { unknownAsks } from '../../src/render/question/unknown-asks.ts';
import { subscribeAsks } from '../../src/render/subscription/subscribe-asks.ts';
import { savedAndPosted, subscribed } from '../../src/render/subscription/subscribed.ts';
import { subscriptionList } from '../../src/render/subscription/subscription-list.ts';
import { cannotPost, savedUnposted, taken } from '../../src/render/subscription/subscription-notes.ts';
import { previewSentence } from '../../src/render/subscription/subscription-preview.ts';
import { fewerKinds, notPosted, unsubscribed } from '../../src/render/subscription/unsubscribed.ts';
import { aTask, DAY, HOUR, NOON } from '../core/tasks.ts';
import { CALLS, EXTREME_TASKS, MENTIONS } from './samples.ts';
import { expectSound, HOSTILE, readable } from './sound.ts';
import { examplesOf, HOURS, previewOf, subscribedOf, wishedOf } from './subscription-samples.ts';

describe('what would have been told', () => {
  test.each([
    [previewOf(), 'In the last 7 days this would have told nothing.'],
    [previewOf({ failed: 1 }), 'In the last 7 days this would have told once: 1 failed.'],
    [previewOf({ failing: 2 }), 'In the last 7 days this would have told twice: 2 begin to fail.'],
    [
      previewOf({ stalled: 2, failed: 9, failing: 3 }),
      'In the last 7 days this would have told 14 times: 9 failed, 3 begin to fail, 2 stalled.',
    ],
    [
      previewOf({ failed: 1 }, { summaries: 1, summarised: 1_240 }),
      'In the last 7 days this would have told twice: 1 failed, 1 summary of 1,240 tasks together.',
    ],
    [
      previewOf({ created: 3 }, { replies: 1, span: 2 * DAY + 3 * HOUR }),
      'In the 2 d 3 h I have watched this would have told 3 times: 3 created, beside 1 reply in threads.',
    ],
    [
      previewOf({ failed: 1_200 }, { replies: 2_000, atLeast: true }),
      'In the last 7 days this would have told at least 1,200 times: 1,200 failed, beside at least 2,000 replies in threads.',
    ],
    [previewOf({}, { span: null }), 'I have not watched yet, so I cannot say what this would have told.'],
  ])('is one sentence', (preview, sentence) => {
    expect(previewSentence(preview)).toBe(sentence);
  });
});

const LONG = wishedOf({
  kinds: CHANGE_KINDS,
  mentions: MENTIONS,
  thresholds: { failingPercent: 10, failingMinDevices: 20, stalledAfter: HOUR },
  terms: [
    { field: 'model', values: Array.from({ length: 30 }, (_, index) => `${index}${HOSTILE}`), not: true },
    { field: 'group', values: ['&'.repeat(1_500), '`'.repeat(50)], not: false },
  ],
});
const LISTED = { ...LONG, id: 's-1', createdBy: 'UOWN', createdAt: NOON, suspendedReason: null };

describe('a confirmation', () => {
  test('says what is told, and what that would have been', () => {
    const message = subscribed(
      subscribedOf({
        wished: wishedOf({ filter: 'firmware' }),
        preview: previewOf({ failed: 2 }, examplesOf(aTask())),
      }),
    );
    const text = readable(message);
    expect(text).toContain('*Subscribed* · `firmware on:failed`');
    expect(text).toContain('would have told twice: 2 failed.');
    expect(text).toContain(':red_circle: failed · Firmware upgrade · `op-1`');
    expect(message.text).toBe(
      'Subscribed: firmware on:failed. In the last 7 days this would have told twice: 2 failed.',
    );
    expectSound(message);
  });

  test('says what it was before, and whether it changed at all', () => {
    const before = wishedOf();
    const changed = subscribed(subscribedOf({ before, wished: wishedOf({ kinds: ['stalled'] }) }));
    expect(readable(changed)).toContain(
      '*Subscription changed* · `on:stalled` · all tasks\nBefore: `on:failed`',
    );
    expect(readable(subscribed(subscribedOf({ before })))).toContain('*Subscribed already*');
  });

  test('says the hours, and that they made a subscription', () => {
    const words = { hours: HOURS, digestAt: NOON, byHours: true };
    const text = readable(subscribed(subscribedOf(words)));
    expect(text).toContain(
      'quiet 22:00–07:00, digest at 09:00 (`Europe/Berlin`). The next digest comes <!date^',
    );
    expect(text).toContain('no subscription here yet');
    const alone = subscribed(subscribedOf({ ...words, byHours: false, wished: null, preview: null }));
    expect(readable(alone)).toContain('*Hours set*');
    expectSound(alone);
  });

  test('names whom it calls without calling them', () => {
    const message = subscribed(
      subscribedOf({ wished: LONG, before: LONG, hours: { ...HOURS, zone: HOSTILE } }),
    );
    expectSound(message);
    expect(readable(message)).toContain('calls group `SOWN`, person `UOWN`, everybody who is about');
  });

  test('says which thresholds nothing comes of', () => {
    const wished = wishedOf({ thresholds: { stalledAfter: HOUR } });
    expect(readable(subscribed(subscribedOf({ wished })))).toContain(
      'The threshold for `stalled` has no effect',
    );
  });

  test.each(EXTREME_TASKS)('with examples of %s', (_, task) => {
    expectSound(subscribed(subscribedOf({ preview: previewOf({ failed: 1 }, examplesOf(task)) })));
    expectSound(subscribeAsks(LONG, previewOf({ failed: 101 }, examplesOf(task)), 'value'));
  });
});

describe('the answer to whoever subscribed', () => {
  test('says what it would have told, and has the way back', () => {
    const message = savedAndPosted(previewOf({ failed: 2 }), 's-1');
    expect(readable(message)).toMatch(
      /Saved; the channel was told\.\n.*would have told twice[\s\S]*Edit\nRemove/,
    );
    expectSound(message);
  });

  test('has no buttons where only hours were saved', () => {
    const message = savedAndPosted(null, null);
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
    expectSound(message);
  });
});

describe('the question before a loud subscription', () => {
  test('shows how to hear less, by a line to begin with', () => {
    const line = (wished: typeof LONG) =>
      /narrow it, such as `([^`]*)`/.exec(readable(subscribeAsks(wished, previewOf(), 'x')))?.[1];
    expect(line(wishedOf({ filter: 'firmware', kinds: ['failed', 'created'] }))).toBe(
      '/upgrades subscribe firmware on:failed',
    );
    expect(line(wishedOf())).toBe('/upgrades subscribe on:failed model:…');
    expect(line(wishedOf({ filter: 'model:A' }))).toBe('/upgrades subscribe model:A on:failed fail&gt;5%');
  });

  test('has no buttons where the subscription is too long for them', () => {
    const message = subscribeAsks(LONG, previewOf(), null);
    expectSound(message);
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
    expect(readable(message)).toContain('too long for a button');
  });
});

describe('the question about what no task carries', () => {
  const unknown = ['WM99', HOSTILE, 'c', 'd', 'e', 'f'].map((value) =>
    unknownName('model', value, [HOSTILE, ...Array.from({ length: 9 }, (_, n) => `${'x'.repeat(300)}${n}`)]),
  );

  test('shows hostile and endless names, and how often both ways would have told', () => {
    const instead = { wished: LONG, preview: previewOf({ failed: 3 }), value: 'nearest' };
    const asked = { wished: LONG, preview: previewOf({ failed: 101 }), loud: true, unknown, instead };
    const message = unknownAsks({ ...asked, value: 'typed' });
    expectSound(message);
    expect(readable(message)).toMatch(/and 1 more[\s\S]*With the nearest known[\s\S]*more than 100 messages/);
    expect(readable(message)).toMatch(/Use the nearest\nSubscribe as typed\nCancel/);
    const bare = unknownAsks({ ...asked, value: null, instead: null });
    expectSound(bare);
    expect(readable(bare)).toContain('too long for a button');
  });
});

describe('a list of subscriptions', () => {
  test('says who made each since when, and the hours', () => {
    const listed = { ...wishedOf(), id: 's-1', createdBy: 'UOWN', createdAt: NOON, suspendedReason: null };
    const text = readable(subscriptionList([listed, { ...listed, createdBy: null }], HOURS, 'Choose:'));
    expect(text).toContain('Choose:\n*2 subscriptions here*');
    expect(text).toContain('by <@UOWN> since <!date^');
    expect(text).toContain('by the setting `ALERT_CHANNEL`');
    expect(text).toContain('quiet 22:00–07:00');
  });

  test('fits, however many and however long', () => {
    for (const length of [1, 20, 21, 500]) {
      const all = Array.from({ length }, () => ({ ...LISTED, suspendedReason: HOSTILE }));
      const message = subscriptionList(all, { ...HOURS, zone: HOSTILE });
      expectSound(message, CALLS);
      expect(readable(message)).toContain('I cannot post here');
      if (length > 20) expect(readable(message)).toContain(`and ${length - 20} more`);
    }
    expectSound(subscriptionList([], null));
  });
});

describe('the end of a subscription', () => {
  test('says what is no longer told and what is left', () => {
    const one = unsubscribed({ removed: [wishedOf()], left: 2, hoursToo: false });
    expect(readable(one)).toContain(
      '*No longer told here* · `on:failed` · all tasks\n2 subscriptions are left',
    );
    const all = unsubscribed({ removed: [wishedOf(), wishedOf({ filter: 'fw' })], left: 0, hoursToo: true });
    expect(readable(all)).toContain('2 subscriptions\n`on:failed` · all tasks\n`firmware on:failed`');
    expect(readable(all)).toContain(
      'Nothing is told here any more; quiet hours and the digest ended as well.',
    );
  });

  test('fits, whatever it was', () => {
    expectSound(unsubscribed({ removed: Array.from({ length: 500 }, () => LONG), left: 0, hoursToo: true }));
    expectSound(unsubscribed({ removed: [LONG], left: 1, hoursToo: false }));
    expectSound(fewerKinds(CHANGE_KINDS, LONG));
    expectSound(notPosted(CHANGE_KINDS, LONG));
  });
});

test('every other answer is one that Slack takes', () => {
  expectSound(cannotPost(HOSTILE));
  expectSound(savedUnposted('unknown'));
  expectSound(savedUnposted('later'));
  expectSound(taken(LONG));
});
