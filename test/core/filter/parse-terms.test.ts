import { describe, expect, test } from '@jest/globals';
import type { Term } from '../../../src/core/filter/filter.ts';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';

function termsOf(line: string): readonly Term[] {
  const { terms, ids, problems } = parseTerms(line);
  expect(problems).toEqual([]);
  expect(ids).toEqual([]);
  return terms;
}

describe('bare words', () => {
  test.each([
    ['failed', ['failed']],
    ['FAILED', ['failed']],
    ['waiting', ['waiting']],
    ['wait', ['waiting']],
    ['running', ['running']],
    ['Processing', ['running']],
    ['success', ['succeeded']],
    ['succeeded', ['succeeded']],
    ['stopped', ['stopped']],
    ['stop', ['stopped']],
    ['active', ['waiting', 'running']],
    ['failed,stopped', ['failed', 'stopped']],
    ['stopped,failed', ['failed', 'stopped']],
    ['active,failed', ['waiting', 'running', 'failed']],
    ['failed,FAILED', ['failed']],
  ])('%s is a status', (line, values) => {
    expect(termsOf(line)).toEqual([{ field: 'status', values, not: false }]);
  });

  test.each([
    ['firmware', ['firmware']],
    ['fw', ['firmware']],
    ['FW', ['firmware']],
    ['firmware_upgrade', ['firmware']],
    ['software', ['software']],
    ['sw', ['software']],
    ['sw,fw', ['firmware', 'software']],
  ])('%s is a type', (line, values) => {
    expect(termsOf(line)).toEqual([{ field: 'type', values, not: false }]);
  });

  test('a leading minus means not', () => {
    expect(termsOf('-failed,stopped')).toEqual([
      { field: 'status', values: ['failed', 'stopped'], not: true },
    ]);
  });

  test('words stand in any order and are joined by and', () => {
    expect(termsOf(' fw   failed ')).toEqual([
      { field: 'type', values: ['firmware'], not: false },
      { field: 'status', values: ['failed'], not: false },
    ]);
  });

  test('private is a wish about the answer, not a term', () => {
    expect(parseTerms('failed Private')).toMatchObject({ terms: [{ field: 'status' }], private: true });
  });
});

describe('fields', () => {
  test.each([
    ['devicetype', 'devicetype'],
    ['DeviceType', 'devicetype'],
    ['model', 'model'],
    ['manufacturer', 'manufacturer'],
    ['vendor', 'manufacturer'],
    ['device', 'device'],
    ['group', 'group'],
    ['task', 'task'],
  ])('%s: takes values as they are typed', (key, field) => {
    expect(termsOf(`${key}:WM20`)).toEqual([{ field, values: ['WM20'], not: false }]);
  });

  test.each([
    ['status:failed', 'status', ['failed']],
    ['status:Running,stop', 'status', ['running', 'stopped']],
    ['-status:active', 'status', ['waiting', 'running']],
    ['type:fw', 'type', ['firmware']],
    ['type:software_upgrade', 'type', ['software']],
  ])('%s takes the words of its field', (line, field, values) => {
    expect(termsOf(line)).toEqual([{ field, values, not: line.startsWith('-') }]);
  });

  test.each([
    ['model:"WM 20"', ['WM 20']],
    ['model:“WM 20”', ['WM 20']],
    ['model:„WM 20“', ['WM 20']],
    ['model:"WM 20",WM21', ['WM 20', 'WM21']],
    ['model:"a,b"', ['a,b']],
    ['model:a:b', ['a:b']],
    ['model:"a:b"', ['a:b']],
    ['model:"say \\"hi\\""', ['say "hi"']],
    ['model:"back\\\\slash"', ['back\\slash']],
    ['model:"a\\b"', ['a\\b']],
    ['model:a\\b', ['a\\b']],
    ['model:WM"-"20', ['WM-20']],
    ['model:-20', ['-20']],
    ['model:a,b,a', ['a', 'b']],
    ['model:水表', ['水表']],
    ['model:🚰', ['🚰']],
  ])('%s', (line, values) => {
    expect(termsOf(line)).toEqual([{ field: 'model', values, not: false }]);
  });

  test('words are told apart by any white space', () => {
    expect(termsOf('failed\tfw\nmodel:x')).toHaveLength(3);
  });
});

describe('times and shares', () => {
  test.each([
    ['since:2d', { kind: 'ago', amount: 2, unit: 'd' }],
    ['since:90S', { kind: 'ago', amount: 90, unit: 's' }],
    ['since:30m', { kind: 'ago', amount: 30, unit: 'm' }],
    ['since:6h', { kind: 'ago', amount: 6, unit: 'h' }],
    ['since:1w', { kind: 'ago', amount: 1, unit: 'w' }],
    ['since:2024-03-11', { kind: 'local', text: '2024-03-11' }],
    ['since:2024-03-11T06:05', { kind: 'local', text: '2024-03-11T06:05' }],
    ['since:"2024-03-11 06:05"', { kind: 'local', text: '2024-03-11T06:05' }],
    ['since:2024-03-11t06:05z', { kind: 'utc', text: '2024-03-11T06:05' }],
    ['since:2024-02-29', { kind: 'local', text: '2024-02-29' }],
  ])('%s', (line, time) => {
    expect(termsOf(line)).toEqual([{ field: 'since', time }]);
    expect(termsOf(line.replace('since', 'before'))).toEqual([{ field: 'before', time }]);
  });

  test.each([
    ['fail>5%', '>', 5, 'percent'],
    ['fail>=10', '>=', 10, 'devices'],
    ['FAIL>0', '>', 0, 'devices'],
    ['fail>2.5%', '>', 2.5, 'percent'],
    ['fail>=100%', '>=', 100, 'percent'],
  ])('%s', (line, comparison, amount, unit) => {
    expect(termsOf(line)).toEqual([{ field: 'fail', comparison, amount, unit }]);
  });
});

describe('pages and order', () => {
  test('page, size and sort are taken as they are', () => {
    expect(parseTerms('page:2 size:20 sort:failed')).toMatchObject({ page: 2, size: 20, sort: 'failed' });
    expect(parseTerms('size:1 sort:Created')).toMatchObject({ page: null, size: 1, sort: 'created' });
    expect(parseTerms('size:100').problems).toEqual([]);
  });

  test.each(['page:1 page:2', 'size:5 size:5', 'sort:failed sort:created'])('%s is refused', (line) => {
    expect(parseTerms(line).problems).toEqual([
      expect.objectContaining({ word: line.split(' ')[1], message: expect.stringContaining('twice') }),
    ]);
  });
});
