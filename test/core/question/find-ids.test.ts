import { describe, expect, test } from '@jest/globals';
import { findIds } from '../../../src/core/question/find-ids.ts';
import { isSafeId } from '../../../src/core/task/ids.ts';
import fc from '../../properties.ts';

describe('ids in texts', () => {
  test.each([
    ['op-4f1a22 failed, op-4f1a22 again; and (dev:0815-x)!', ['op-4f1a22', 'dev:0815-x']],
    ['`4f1a22bc` *urn:imei:490154* _meter_17_', ['4f1a22bc', 'urn:imei:490154', 'meter_17']],
    ['12345678-0000-4000-8000-123456789012.', ['12345678-0000-4000-8000-123456789012']],
    [
      '<https://iot.example/d/op-1003|op-1001 failed> [op-1002](https://iot.example/op-1004)',
      ['op-1001', 'op-1002'],
    ],
    [
      '[FIRING:1] deviceId:4f1a22bc, task:op-1001, "operation_id":"op-1002"',
      ['4f1a22bc', 'op-1001', 'op-1002'],
    ],
    ['Is it op-1001? Yes: op-1002...', ['op-1001', 'op-1002']],
  ])('%s', (text, ids) => {
    expect(findIds([text])).toEqual(ids);
  });

  test.each([
    'no digits-here nor short a1 b-22',
    '1234567 1,204,500 3.14159 v10.2.33 192.168.10.20:8080',
    '2024-03-11 2024-03-11T06:05:02Z 20240311T060502Z 06:05:02 12:30:45.123',
    'https://wiki.example/x123456 see www.example1.org/abc123 and mail a1b2c3@example1.org',
    '<@U012ABCDEF> <#C012ABCDEF|ops1234> <!date^1710137102^{date_num}|2024-03-11 06:05 UTC>',
    '6h30min 1024kB 250ms',
    '..1.. ------1',
    '[FIRING:1] [RESOLVED:12] (1/3) status:503 :rotating_light:',
  ])('none in: %s', (text) => {
    expect(findIds([text])).toEqual([]);
  });

  test('are safe to ask for, and each named once, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 })), (texts) => {
        const ids = findIds(texts);
        expect(ids.every(isSafeId)).toBe(true);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text of 40,000 characters is searched to its end', () => {
    for (const text of [
      'a1'.repeat(20_000),
      '<'.repeat(40_000),
      'a@'.repeat(20_000),
      '1-'.repeat(20_000),
      'h://'.repeat(10_000),
    ]) {
      expect(findIds([`${text} op-4711`])).toContain('op-4711');
    }
  });
});
