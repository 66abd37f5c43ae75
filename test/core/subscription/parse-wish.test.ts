import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../../src/core/change/changes.ts';
import { parseSubscriptionWish } from '../../../src/core/subscription/parse-wish.ts';
import type { SubscriptionWish } from '../../../src/core/subscription/subscription.ts';
import { commandText } from '../../../src/slack/listeners/question/command-text.ts';
import { HOUR, MINUTE } from '../tasks.ts';

function wish(line: string): SubscriptionWish {
  const reading = parseSubscriptionWish(line);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.wish;
}

const OPS = { kind: 'group', id: 'S0123ABC' };
const ANN = { kind: 'person', id: 'U0123ABC' };
const HERE = { kind: 'here' };

test('nothing said: every task, the usual kinds, nobody called', () => {
  expect(wish('')).toStrictEqual({ terms: [], hoursOnly: false });
});

test('everything at once', () => {
  const line =
    'fw model:"WM 20" failed mention:<!subteam^S0123ABC|@ops> failing:10%,20 stalled:2h fail>5% quiet:22:00-07:00 digest:09:00 zone:Europe/Berlin';
  expect(wish(line)).toStrictEqual({
    terms: [
      { field: 'type', values: ['firmware'], not: false },
      { field: 'model', values: ['WM 20'], not: false },
      { field: 'fail', comparison: '>', amount: 5, unit: 'percent' },
    ],
    kinds: ['failed'],
    mentions: [OPS],
    thresholds: { failingPercent: 10, failingMinDevices: 20, stalledAfter: 2 * HOUR },
    quiet: { from: 22 * 60, until: 7 * 60 },
    digestAt: 9 * 60,
    zone: 'Europe/Berlin',
    hoursOnly: false,
  });
});

describe('kinds of change', () => {
  test.each([
    ['failed', ['failed']],
    ['FAILED', ['failed']],
    ['running', ['started']],
    ['processing', ['started']],
    ['success', ['succeeded']],
    ['succeeded', ['succeeded']],
    ['stopped', ['stopped']],
    ['stop', ['stopped']],
    ['waiting', ['created']],
    ['wait', ['created']],
    ['active', ['created', 'started']],
    ['stalled', ['stalled']],
    ['failing overdue', ['failing', 'overdue']],
    ['failed,stalled', ['stalled', 'failed']],
    ['failed,failed failed', ['failed']],
    ['on:failed,stalled', ['stalled', 'failed']],
    ['on:Success,stop,running', ['started', 'succeeded', 'stopped']],
    ['on:failed stalled', ['stalled', 'failed']],
    ['stalled on:failed', ['stalled', 'failed']],
    ['on:active', ['created', 'started']],
    ['on:all', [...CHANGE_KINDS]],
    ['on:ALL,failed', [...CHANGE_KINDS]],
    ['on:all recovered', [...CHANGE_KINDS]],
  ])('%s', (line, kinds) => {
    expect(wish(line)).toStrictEqual({ terms: [], kinds, hoursOnly: false });
  });

  test.each([...CHANGE_KINDS])('%s, bare and after `on:`', (kind) => {
    expect(wish(kind).kinds).toEqual([kind]);
    expect(wish(`on:${kind}`).kinds).toEqual([kind]);
  });

  test('a word stays a value where it is one', () => {
    expect(wish('group:failed model:all').terms).toHaveLength(2);
    expect(wish('group:failed model:all').kinds).toBeUndefined();
  });
});

describe('whom to call', () => {
  test.each([
    ['mention:<!subteam^S0123ABC|@ops>', [OPS]],
    ['mention:<!subteam^S0123ABC>', [OPS]],
    ['mention:<!subteam^S0123ABC|@night shift, all of "it>', [OPS]],
    ['mention:<@U0123ABC|ann>', [ANN]],
    ['mention:<@U0123ABC>', [ANN]],
    ['mention:<@W0123ABC>', [{ kind: 'person', id: 'W0123ABC' }]],
    ['mention:<!here>', [HERE]],
    ['mention:<!here|here>', [HERE]],
    ['mention:@here', [HERE]],
    ['mention:here', [HERE]],
    ['Mention:HERE', [HERE]],
    ['mention:<!subteam^S0123ABC|@ops>,<@U0123ABC|ann>,here', [OPS, ANN, HERE]],
    ['mention:<@U0123ABC|ann>,<@U0123ABC>', [ANN]],
    ['mention:"<!subteam^S0123ABC|@ops>"', [OPS]],
    ['mention:off', []],
    ['mention:none', []],
    // Slack puts a blank after each name picked from its list.
    ['mention: <!subteam^S0123ABC|@ops>', [OPS]],
    ['mention: @here', [HERE]],
    ['mention:<!subteam^S0123ABC|@ops> <@U0123ABC|ann>', [OPS, ANN]],
    ['mention:<!subteam^S0123ABC|@ops>, <@U0123ABC|ann>', [OPS, ANN]],
    ['mention:<!subteam^S0123ABC|@ops> , <@U0123ABC|ann>', [OPS, ANN]],
    ['mention:<!subteam^S0123ABC|@ops> ,<@U0123ABC|ann>', [OPS, ANN]],
  ])('%s', (line, mentions) => {
    expect(wish(line)).toStrictEqual({ terms: [], mentions, hoursOnly: false });
    const among = wish(`model:x ${line} failed`);
    expect(among).toMatchObject({ mentions, kinds: ['failed'], terms: [{ values: ['x'] }] });
  });

  test('as it comes from Slack, what people typed escaped and what Slack marked not', () => {
    const line = commandText('failed fail&gt;5% mention:<!subteam^S0123ABC|@r&amp;d>');
    expect(wish(line)).toMatchObject({ mentions: [OPS], kinds: ['failed'], terms: [{ field: 'fail' }] });
  });

  test('a value in quotation marks is left alone, however much it looks like a mention', () => {
    expect(wish('model:"<@U1|a b>"').terms).toEqual([{ field: 'model', values: ['<@U1|a b>'], not: false }]);
  });
});

describe('thresholds', () => {
  test.each([
    ['failing:10%', { failingPercent: 10 }],
    ['failing:100%', { failingPercent: 100 }],
    ['failing:0.05%', { failingPercent: 0.05 }],
    ['failing:10%,20', { failingPercent: 10, failingMinDevices: 20 }],
    ['stalled:2h', { stalledAfter: 2 * HOUR }],
    ['STALLED:90M', { stalledAfter: 90 * MINUTE }],
    ['stalled:2h failing:2.5%', { stalledAfter: 2 * HOUR, failingPercent: 2.5 }],
  ])('%s', (line, thresholds) => {
    expect(wish(line)).toStrictEqual({ terms: [], thresholds, hoursOnly: false });
  });

  test('a threshold says nothing of the kinds, a bare word nothing of the threshold', () => {
    expect(wish('stalled:2h').kinds).toBeUndefined();
    expect(wish('stalled').thresholds).toBeUndefined();
    expect(wish('stalled stalled:2h')).toMatchObject({
      kinds: ['stalled'],
      thresholds: { stalledAfter: 2 * HOUR },
    });
  });
});

describe('other organisations', () => {
  test.each([
    ['external:yes', true],
    ['EXTERNAL:No', false],
  ])('%s', (line, external) => {
    expect(wish(line)).toStrictEqual({ terms: [], external, hoursOnly: false });
  });
});

describe('hours of the channel', () => {
  test.each([
    ['quiet:22:00-07:00', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:22:00-7:00', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:22-7', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:22:00–07:00', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:"22:00 - 07:00"', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:12:15-13', { quiet: { from: 735, until: 780 } }],
    ['quiet:18:00-24:00', { quiet: { from: 1_080, until: 0 } }],
    ['quiet:0-6', { quiet: { from: 0, until: 360 } }],
    ['quiet:10pm-7am', { quiet: { from: 1_320, until: 420 } }],
    ['quiet:22：00—noon', { quiet: { from: 1_320, until: 720 } }],
    ['quiet:off', { quiet: 'off' }],
    ['digest:09:00', { digestAt: 540 }],
    ['digest:9', { digestAt: 540 }],
    ['digest:9am', { digestAt: 540 }],
    ['digest:9:30P.M.', { digestAt: 1_290 }],
    ['digest:24:00', { digestAt: 0 }],
    ['digest:0:05', { digestAt: 5 }],
    ['digest:OFF', { digestAt: 'off' }],
    ['zone:Europe/Berlin', { zone: 'Europe/Berlin' }],
    ['zone:europe/berlin', { zone: 'Europe/Berlin' }],
    ['zone:"America/New York"', { zone: 'America/New_York' }],
    ['zone:Asia/Kolkata', { zone: 'Asia/Kolkata' }],
    ['zone:asia/kolkata', { zone: 'Asia/Kolkata' }],
    ['zone:utc', { zone: 'UTC' }],
    ['zone:UTC', { zone: 'UTC' }],
  ])('%s', (line, hours) => {
    expect(wish(line)).toStrictEqual({ terms: [], ...hours, hoursOnly: true });
  });

  test.each([
    ['quiet:22-7 digest:9 zone:UTC', true],
    ['quiet:22-7 failed', false],
    ['quiet:22-7 model:x', false],
    ['quiet:22-7 mention:off', false],
    ['digest:9 stalled:2h', false],
    ['failed', false],
  ])('%s: nothing but hours? %s', (line, hoursOnly) => {
    expect(wish(line).hoursOnly).toBe(hoursOnly);
  });
});

test('times of creation are left as typed', () => {
  expect(wish('since:2024-03-11 before:2d').terms).toEqual([
    { field: 'since', time: { kind: 'local', text: '2024-03-11' } },
    { field: 'before', time: { kind: 'ago', amount: 2, unit: 'd' } },
  ]);
});
