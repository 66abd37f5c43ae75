import { describe, expect, test } from '@jest/globals';
import { parseTerms, toListRequest } from '../../../src/core/filter/parse-terms.ts';
import { date } from '../../../src/render/blocks/text.ts';
import { taskList } from '../../../src/render/task/task-list.ts';
import { aTask, NOON } from '../../core/tasks.ts';
import { listOf, trouble } from '../samples.ts';
import { readable } from '../sound.ts';

const ten = Array.from({ length: 10 }, (_, index) => aTask({ operationId: `op-${index}` }));

function answer(line: string, changes = {}, tasks = ten): string {
  return readable(taskList(listOf(tasks, changes, toListRequest(parseTerms(line))), NOON));
}

/** The values of the buttons in the last row that ask for a page, by label. */
function buttons(line: string, changes = {}, tasks = ten): Record<string, string> {
  const { blocks } = taskList(listOf(tasks, changes, toListRequest(parseTerms(line))), NOON);
  const row = blocks.at(-1);
  if (row?.type !== 'actions') throw new Error('the last block holds no buttons');
  return Object.fromEntries(
    row.elements.flatMap((one) =>
      one.type === 'button' && !['Filter…', 'Share'].includes(one.text.text)
        ? [[one.text.text, one.value ?? '']]
        : [],
    ),
  );
}

describe('every answer', () => {
  test('repeats the filter in normal form', () => {
    expect(answer('Processing vendor:Acme')).toContain('`running manufacturer:Acme`');
    expect(answer('')).toContain('all tasks');
  });

  test('says how many tasks match in all, and which of them these are', () => {
    expect(answer('failed', { total: 1_204 })).toContain('1–10 of 1,204 tasks');
    expect(answer('failed page:3', { total: 1_204 })).toContain('21–30 of 1,204 tasks');
    expect(answer('failed', { total: null })).toContain('1–10, total unknown');
    expect(answer('failed', { total: 1 }, ten.slice(0, 1))).toContain('1–1 of 1 task');
  });

  test('says how fresh it is', () => {
    expect(answer('failed')).toContain(' · live');
    const mirror = { kind: 'mirror', asOf: NOON, because: trouble('It is away.') };
    expect(answer('failed', { freshness: mirror })).toContain(`as of ${date(NOON)}`);
    expect(answer('failed', { freshness: mirror })).toContain(':warning: It is away.');
    expect(answer('failed', { freshness: { ...mirror, asOf: null, because: null } })).toContain(
      'as of never',
    );
  });

  test('shows what is wrong with a task, and its status where nothing is', () => {
    const tasks = [
      { ...aTask({ operationId: 'op-1' }), standing: ['failing', 'stalled'] as const },
      { ...aTask({ operationId: 'op-2', status: 'waiting' }), standing: ['overdue'] as const },
      { ...aTask({ operationId: 'op-3', status: 'failed' }), standing: ['failed'] as const },
      { ...aTask({ operationId: 'op-4' }), standing: [] },
      aTask({ operationId: 'op-5' }),
    ];
    const { text } = taskList(listOf(tasks), NOON);
    const words = ['begins to fail, stalled', 'waiting, overdue', 'failed', 'running', 'running'];
    words.forEach((word, index) => {
      expect(text).toContain(`${word}: Firmware upgrade (op-${index + 1})`);
      expect(answer('', {}, tasks)).toContain(`*${word}*`);
    });
  });

  test('names every task, in the notification text as well', () => {
    const text = taskList(listOf(ten), NOON).text;
    for (const { operationId } of ten) expect(text).toContain(operationId);
  });

  test('counts the rows that had to be left out', () => {
    expect(answer('', { unreadable: 2 })).toContain('2 rows without an id left out');
    expect(answer('', { unreadable: 0 })).not.toContain('left out');
  });
});

describe('empty answers', () => {
  test.each([
    ['', 0, 'The platform has no upgrade tasks.'],
    ['failed', 0, 'No upgrade task matches.'],
    ['failed page:9', 12, 'Page 9 is beyond the end: there are 2 pages.'],
    ['failed page:9', 3, 'Page 9 is beyond the end: there is 1 page.'],
    ['failed page:9', null, 'Page 9 is beyond the end.'],
  ])('%s of %s', (line, total, sentence) => {
    expect(answer(line, { total }, [])).toContain(sentence);
  });
});

describe('buttons', () => {
  test('on the first page lead on, on the last one back', () => {
    expect(buttons('failed', { more: true, total: 30 })).toEqual({
      'Next ▶': 'failed page:2',
      Refresh: 'failed',
    });
    expect(buttons('failed page:3', { more: false, total: 30 })).toEqual({
      '◀ Previous': 'failed page:2',
      Refresh: 'failed page:3',
    });
  });

  test('carry the whole question, so that they work days later', () => {
    expect(buttons('-sw private sort:failed size:5', { more: true, total: null })).toEqual({
      'Next ▶': '-software sort:failed size:5 page:2 private',
      Refresh: '-software sort:failed size:5 private',
    });
  });

  test('far beyond the end lead back to the last page', () => {
    expect(buttons('failed page:9', { total: 12 }, [])['◀ Previous']).toBe('failed page:2');
  });

  test('never carry an empty question, which Slack may refuse', () => {
    expect(buttons('')).toEqual({ Refresh: 'page:1' });
    expect(toListRequest(parseTerms('page:1'))).toEqual(toListRequest(parseTerms('')));
  });
});

describe('long pages', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => aTask({ operationId: `op-${index}-` }));

  test('show every task of a hundred', () => {
    const text = answer('size:100', {}, hundred);
    for (const { operationId } of hundred) expect(text).toContain(`\`${operationId}\``);
  });
});
