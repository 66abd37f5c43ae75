import { describe, expect, test } from '@jest/globals';
import { CHANGE_KINDS } from '../../src/core/change/changes.ts';
import { checkStory } from './check-story.ts';
import { expectStory } from './model.ts';
import { type Move, type Script, type Step, TIMES } from './script.ts';
import type { Told, ToldRoot } from './told.ts';

const EVERYTHING = { kinds: CHANGE_KINDS, firmwareOnly: false };
const ALARMS = { kinds: ['failed', 'failing', 'stalled', 'overdue'], firmwareOnly: true } as const;

const create = (id: string, more: Partial<Extract<Move, { kind: 'create' }>> = {}): Move => ({
  ...{ kind: 'create', id, type: 'firmware_upgrade', status: 'processing', devices: 20, window: false },
  ...more,
});
const step = (...moves: readonly Move[]): Step => ({ jump: 0, to: null, ward: null, moves });
const later = (jump: number, ...moves: readonly Move[]): Step => ({ ...step(...moves), jump });
const script = (steps: readonly Step[], before: readonly Move[] = []): Script => ({ seed: 0, before, steps });

/** What is expected, as `step id kinds`. */
const told = (of: Script, wish: Parameters<typeof expectStory>[1] = EVERYTHING) =>
  expectStory(of, wish).map(({ step: at, id, kinds }) => [at, id, ...kinds].join(' '));

describe('the model expects', () => {
  test('a task to be told once it is there, and every change of it from then on', () => {
    const of = script([
      step(create('op-001', { status: 'wait' })),
      step({ kind: 'start', id: 'op-001' }),
      step({ kind: 'finish', id: 'op-001', success: 5, fail: 0 }),
      step({ kind: 'end', id: 'op-001', status: 'failed' }),
      step({ kind: 'recover', id: 'op-001' }),
      step({ kind: 'vanish', id: 'op-001' }),
    ]);
    expect(told(of)).toEqual([
      '1 op-001',
      '2 op-001 started',
      '4 op-001 failed',
      '5 op-001 recovered',
      '6 op-001 vanished',
    ]);
    // From its first alarm on a channel hears of everything.
    expect(told(of, ALARMS)).toEqual(['4 op-001', '5 op-001 recovered', '6 op-001 vanished']);
  });

  test('nothing about the past', () => {
    const of = script(
      [step({ kind: 'end', id: 'op-001', status: 'stop' })],
      [create('op-001'), create('op-002')],
    );
    expect(told(of)).toEqual(['1 op-001']);
    expect(told(of, ALARMS)).toEqual([]);
  });

  test('alarms once in each run of a task', () => {
    const fails = { kind: 'finish', id: 'op-001', success: 0, fail: 10 } as const;
    const of = script([
      step(create('op-001')),
      step(fails),
      step({ ...fails, fail: 1 }),
      step({ kind: 'end', id: 'op-001', status: 'failed' }),
      step({ kind: 'recover', id: 'op-001' }),
      step(fails),
    ]);
    expect(told(of)).toEqual([
      '1 op-001',
      '2 op-001 failing',
      '4 op-001 failed',
      '5 op-001 recovered',
      '6 op-001 failing',
    ]);
  });

  test('alarms that time raises', () => {
    const of = script([
      step(create('op-001', { window: true }), create('op-002')),
      later(TIMES.stalledAfter, { kind: 'finish', id: 'op-002', success: 1, fail: 0 }),
      later(TIMES.stalledAfter),
    ]);
    expect(told(of)).toEqual(['1 op-001', '1 op-002', '2 op-001 stalled overdue', '3 op-002 stalled']);
  });

  test('a channel with a filter to hear of nothing else', () => {
    const software = create('op-001', { type: 'software_upgrade', status: 'failed' });
    expect(told(script([step(software)]), ALARMS)).toEqual([]);
  });
});

describe('a story held against it', () => {
  const say = (at: number, text: string): Told => ({
    ...{ text, shown: text, broadcast: false, step: at, notification: null },
  });
  const root = (at: number, text: string, ...replies: readonly Told[]): ToldRoot => ({
    ...say(at, text),
    replies,
  });
  const expected = expectStory(
    script([
      step(create('op-001'), create('op-002')),
      step({ kind: 'end', id: 'op-001', status: 'failed' }, { kind: 'end', id: 'op-002', status: 'stop' }),
    ]),
    EVERYTHING,
  );
  const FAILED = say(2, 'Firmware upgrade: failed (op-001), <time>.');
  const STOPPED = say(2, 'Firmware upgrade: stopped (op-002), <time>.');
  const one = root(1, 'Firmware upgrade: failed (op-001).', FAILED);
  const two = root(1, 'Firmware upgrade: stopped (op-002).', STOPPED);
  const check = (...roots: readonly ToldRoot[]) =>
    checkStory('ops', roots, expected).map(({ kind, what }) => `${kind}: ${what}`);

  test('is right in single messages, and in a summary with its thread', () => {
    expect(check(one, two)).toEqual([]);
    const parts = [
      say(1, 'started: x (op-001)\nstarted: x (op-002)'),
      say(2, 'failed: x (op-001)\nstopped: x (op-002)'),
    ];
    expect(check(root(1, '2 upgrade tasks changed at once: 2 started', ...parts))).toEqual([]);
  });

  test('is wrong without a root, without a reply, and with another change', () => {
    expect(check(two)).toEqual([
      'lost: of op-001 in step 1: anything',
      'lost: of op-001 in step 2: anything, failed',
    ]);
    expect(check({ ...one, replies: [] }, two)).toEqual(['lost: of op-001 in step 2: anything, failed']);
    expect(check({ ...one, replies: [{ ...STOPPED, text: 'stopped (op-001)' }] }, two)).toEqual([
      'lost: of op-001 in step 2: failed',
    ]);
  });

  test('is wrong with something nobody expects', () => {
    expect(check(one, two, root(2, 'Firmware upgrade: failed (op-003).'))).toEqual([
      'unwanted: of op-003 in step 2: ',
    ]);
  });
});
