import { describe, expect, test } from '@jest/globals';
import { taskDeeds } from '../../../../sandbox/web/client/control/task-deeds.ts';
import { clockWords, speedWords, ticking } from '../../../../sandbox/web/client/control/ticking.ts';
import { keyed } from '../../../../sandbox/web/client/shown/keyed.ts';
import { authorName, channelName, initials } from '../../../../sandbox/web/client/shown/names.ts';
import { keepSame } from '../../../../sandbox/web/client/state/keep-same.ts';
import { fragmentOf, placeOf } from '../../../../sandbox/web/client/state/place.ts';
import { newestOf, unreadOf } from '../../../../sandbox/web/client/state/unread.ts';
import type { ShownChannel } from '../../../../sandbox/web/contract.ts';
import fc from '../../../properties.ts';
import { message, stamp } from './shown-message.ts';

const ops: ShownChannel = { id: 'C1', name: 'iot-ops', kind: 'channel', botIsMember: true, archived: false };
const direct: ShownChannel = { ...ops, id: 'D1', name: 'upgrades', kind: 'direct' };

describe('keepSame', () => {
  test('keeps what did not change and takes what did', () => {
    const before = { a: [{ id: 1 }, { id: 2 }], b: { c: 'x' } };
    const after = { a: [{ id: 1 }, { id: 3 }], b: { c: 'x' } };
    const kept = keepSame(before, after);
    expect(kept).toEqual(after);
    expect(kept.a[0]).toBe(before.a[0]);
    expect(kept.b).toBe(before.b);
    expect(keepSame(before, structuredClone(before))).toBe(before);
  });

  test('always equals the new value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) =>
        expect(keepSame(before, after)).toEqual(after),
      ),
    );
  });
});

describe('unread messages', () => {
  test('are those of others after the last seen, in the channel itself', () => {
    const all = [
      message(1),
      message(2, { author: 'UWEI' }),
      message(3, { author: 'UWEI', threadTs: stamp(1) }),
      message(4, { author: 'UWEI', threadTs: stamp(1), broadcast: true }),
      message(5),
    ];
    expect(unreadOf(all, stamp(1), 'UANA')).toBe(2);
    expect(unreadOf(all, stamp(2), 'UANA')).toBe(1);
    expect(newestOf({ C1: all, C2: [] })).toEqual({ C1: stamp(5), C2: '' });
  });
});

describe('the address', () => {
  test('names the place and leads back to it', () => {
    for (const channel of [ops, direct]) {
      expect(placeOf(fragmentOf({ kind: 'channel', channel }), [ops, direct])).toEqual({
        kind: 'channel',
        channel,
      });
    }
    expect(placeOf('#home', [ops])).toEqual({ kind: 'home' });
    expect(placeOf('#gone', [ops])).toEqual({ kind: 'channel', channel: ops });
    expect(placeOf('', [])).toBeNull();
  });
});

describe('names', () => {
  test('of people, the bot and channels', () => {
    const words = { botId: 'UBOT', people: [] };
    expect(authorName('UBOT', words)).toBe('upgrades');
    expect(authorName('UNKNOWN', words)).toBe('UNKNOWN');
    expect([ops, direct].map(channelName)).toEqual(['#iot-ops', 'upgrades']);
    expect(['Ana Ruiz', 'wei', ''].map(initials)).toEqual(['AR', 'W', '?']);
  });

  test('keys are their own even where names are shared', () => {
    expect(keyed(['a', 'b', 'a'], String).map(({ key }) => key)).toEqual(['a 0', 'b 0', 'a 1']);
  });
});

describe('the simulated clock', () => {
  test('goes on between two readings', () => {
    expect(ticking(1_000, 60, 500)).toBe(31_000);
    expect(ticking(1_000, 0, 500)).toBe(1_000);
    expect(clockWords(Date.UTC(2026, 10, 22, 6, 5, 4))).toBe('2026-11-22 06:05:04');
    expect([0, 1, 60, 600, 3600].map(speedWords)).toEqual([
      'stands still',
      'real time',
      '1 minute a second',
      '10 minutes a second',
      '1 hour a second',
    ]);
  });

  test('what can be done to a task follows from how it stands', () => {
    const deeds = (status: string, stalled = false) => taskDeeds({ status, stalled }).map(({ does }) => does);
    expect(deeds('processing')).toContain('stall');
    expect(deeds('wait', true)).toContain('go-on');
    expect(deeds('failed')).toEqual(['retry']);
    expect(deeds('success')).toEqual([]);
  });
});
