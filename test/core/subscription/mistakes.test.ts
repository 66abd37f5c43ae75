import { describe, expect, test } from '@jest/globals';
import { parseSubscriptionWish } from '../../../src/core/subscription/parse-wish.ts';

function problems(line: string) {
  const reading = parseSubscriptionWish(line);
  return reading.ok ? [] : reading.problems;
}

describe('a slip is named together with what was probably meant', () => {
  test.each([
    ['faild', 'failed'],
    ['stalld', 'stalled'],
    ['stall', 'stalled'],
    ['recoverd', 'recovered'],
    ['firm', 'firmware'],
    ['-firm', '-firmware'],
    ['stuck', 'stalled'],
    ['finished', 'failed,succeeded,stopped'],
    ['all', 'on:all'],
    ['on:faild', 'on:failed'],
    ['on:stalled,faild', 'on:stalled,failed'],
    ['on:gone', 'on:vanished'],
    ['on:', 'on:failed,stalled'],
    ['on:failed,', 'on:failed,stalled'],
    ['onn:failed', 'on:failed'],
    ['mentoin:@here', 'mention:@here'],
    ['quite:22-7', 'quiet:22-7'],
    ['tz:UTC', null],
    ['modl:x', 'model:x'],
    ['status:failed', 'on:failed'],
    ['status:active,faild', 'on:created,started,failed'],
    ['-status:failed', null],
    ['4711', 'device:4711'],
    ['urn:imei:4711', 'device:urn:imei:4711'],
    ['"failed"', 'device:failed'],
    ['@ops', 'mention:@ops'],
    ['<!subteam^S1>', 'mention:<!subteam^S1>'],
    ['mention:', 'mention:@here'],
    ['mention:<!channel>', 'mention:@here'],
    ['mention:@everyone', 'mention:@here'],
    ['mention:off,here', 'mention:off'],
    ['failing:20', 'failing:20%'],
    ['failing:10,20', 'failing:10%,20'],
    ['failing:2,5%', 'failing:2.5%'],
    ['failing:0', null],
    ['failing>10%', 'failing:10%'],
    ['zone:Berlin', 'zone:Europe/Berlin'],
    ['zone:Europe/Berln', 'zone:Europe/Berlin'],
    ['zone:Brlin', 'zone:Europe/Berlin'],
  ])('%s: did you mean %s', (line, suggestion) => {
    expect(problems(line)).toEqual([{ word: line, message: expect.any(String), suggestion }]);
    const among = problems(`model:x ${line} digest:9`);
    expect(among).toEqual([{ word: line, message: expect.any(String), suggestion }]);
  });

  test('what is suggested is understood', () => {
    const lines = ['stuck', 'finished', 'on:ended', 'failing:2,5%', 'quite:22-7', 'status:faild', 'all'];
    for (const line of lines) {
      expect(parseSubscriptionWish(problems(line)[0]?.suggestion ?? 'nothing')).toMatchObject({ ok: true });
    }
  });

  test('every wrong word is named, in the order typed', () => {
    const words = problems('stalld failed modl:x 4711 quiet:x').map(({ word }) => word);
    expect(words).toEqual(['stalld', 'modl:x', '4711', 'quiet:x']);
  });
});

describe('what cannot be meant is refused with a sentence', () => {
  test.each([
    ['-failed', 'cannot be left out'],
    ['-faild', 'cannot be left out'],
    ['-failed,stalled', 'cannot be left out'],
    ['-on:failed', 'name the kinds you want'],
    ['-mention:@here', 'cannot be negated'],
    ['-quiet:22-7', 'cannot be negated'],
    ['-zone:UTC', 'cannot be negated'],
    ['failed,firmware', 'not both'],
    ['failed,elephant', '`elephant` is no word'],
    ['on:elephant', '`created`'],
    ['on:failed,firmware', '`firmware` is no kind'],
    ['page:2', 'is for lists'],
    ['size:20', 'is for lists'],
    ['sort:failed', 'is for lists'],
    ['private', 'is for questions'],
    ['privat', 'is for questions'],
    ['-private', 'is for questions'],
    ['4711', '`task:…`'],
    ['ops/4711', 'neither a word of a filter nor an id'],
    ['mention:@ops', 'Slack did not say who'],
    ['mention:ops', 'Slack did not say who'],
    ['mention:<!subteam^U1>', 'Slack did not say who'],
    ['mention:<!subteam^S>', 'Slack did not say who'],
    ['mention:<!subteam^s1>', 'Slack did not say who'],
    ['mention:<@S1>', 'Slack did not say who'],
    [`mention:<@U${'1'.repeat(31)}>`, 'Slack did not say who'],
    ['mention:<@U1>x', 'Slack did not say who'],
    ['mention:<!date^1^x>', 'Slack did not say who'],
    ['mention:<#C1>', 'a channel cannot be called'],
    ['mention:<!everyone>', 'wake people'],
    ['mention:<!subteam^S1>,channel', 'wake people'],
    ['mention:<@U1>,', 'needs a group or a person'],
    ['mention:<@U1>,,<@U2>', 'needs a group or a person'],
    ['mention:<@U1>, ,<@U2>', 'needs a group or a person'],
    ['failing:', 'failing:10%'],
    ['failing:0%', 'failing:10%'],
    ['failing:101%', 'failing:10%'],
    ['failing:1.555%', 'failing:10%'],
    ['failing:10%,0', 'failing:10%'],
    ['failing:10%,5%', 'failing:10%'],
    ['failing:10%,20,30', 'failing:10%'],
    ['stalled:', 'no length of time'],
    ['stalled:2', 'no length of time'],
    ['stalled:0h', 'no length of time'],
    ['stalled:1w', 'no length of time'],
    ['external:', 'external:yes'],
    ['external:maybe', 'external:yes'],
    ['external:yes,no', 'external:yes'],
    ['quiet:', 'from when to when'],
    ['quiet:22:00', 'from when to when'],
    ['quiet:22:60-7', 'from when to when'],
    ['quiet:25-7', 'from when to when'],
    ['quiet:22-7-8', 'from when to when'],
    ['quiet:22-7,12-13', 'from when to when'],
    ['quiet:7-07:00', 'ends when it begins'],
    ['quiet:0-24', 'ends when it begins'],
    ['digest:', 'a time of day'],
    ['digest:24:01', 'a time of day'],
    ['digest:13pm', 'a time of day'],
    ['digest:9,30', 'a time of day'],
    ['zone:', 'is no zone'],
    ['zone:+02:00', 'is no zone'],
    ['zone:Middle/Earth', 'is no zone'],
    ['zone:EST', 'abbreviation'],
    ['since:yesterday', 'is no time'],
    ['model:', 'needs a value'],
    ['colour:red', 'no key of a filter'],
  ])('%s', (line, message) => {
    expect(problems(line)).toMatchObject([{ word: line, message: expect.stringContaining(message) }]);
  });

  test.each([
    ['on:failed on:stalled', 'on:stalled'],
    ['mention:@here failed mention:off', 'mention:off'],
    ['quiet:off quiet:22-7', 'quiet:22-7'],
    ['stalled:2h stalled:3h', 'stalled:3h'],
    ['zone:UTC zone:UTC', 'zone:UTC'],
  ])('a key that stands twice: %s', (line, word) => {
    expect(problems(line)).toEqual([
      { word, message: expect.stringContaining('stands twice'), suggestion: null },
    ]);
  });

  test('terms that no task can fulfil', () => {
    expect(problems('model:a model:b failed')).toMatchObject([
      { word: 'model:a model:b', suggestion: 'model:a,b' },
    ]);
  });

  test.each(['model:"WM 20', 'mention:"<@U1>'])('an unclosed quotation mark: %s', (line) => {
    expect(problems(line)[0]?.message).toContain('never closed');
  });

  test.each(['failed\u0000', 'model:\u001b[31m', 'mention:<@U1|\u0007>'])(
    'a control character: %j',
    (line) => {
      expect(problems(line)).toMatchObject([{ message: expect.stringContaining('control character') }]);
    },
  );

  test('a line, or what would be kept of it, that is too long', () => {
    expect(problems('failed '.repeat(400))[0]?.message).toContain('2000 characters');
    expect(problems(`${'fw '.repeat(211)}on:all`)[0]?.message).toContain('too long');
    expect(problems(`${'failed '.repeat(250)}`)).toEqual([]);
  });
});
