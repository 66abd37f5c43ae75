import { describe, expect, test } from '@jest/globals';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import type { Digest } from '../../../src/core/notification/digest.ts';
import { digestMessage } from '../../../src/render/notification/digest.ts';
import { aTally, aTask, DAY, NOON } from '../../core/tasks.ts';
import { readable } from '../sound.ts';

const QUIET_DAY: Digest = {
  from: NOON - DAY,
  to: NOON,
  changes: {},
  running: 0,
  waiting: 0,
  attention: [],
  attentionTotal: 0,
};
const BAD_DAY: Digest = {
  ...QUIET_DAY,
  changes: { failed: 1, failing: 2, recovered: 1 },
  running: 3,
  waiting: 1_200,
  attention: [
    { operationId: 'op-1', why: 'failed', tally: aTally({ waiting: 0, succeeded: 60, failed: 40 }) },
    { operationId: 'op-gone', why: 'stalled', tally: aTally() },
  ],
  attentionTotal: 12,
};
const TASKS = new Map([['op-1', aTask({ status: 'failed' })]]);

describe('the digest of a day', () => {
  test('on which nothing happened is short', () => {
    const { text } = digestMessage(QUIET_DAY, new Map(), false);
    expect(text).toBe(
      'Upgrade tasks of the last day: nothing changed. Now 0 running, 0 waiting. Nothing wants a look.',
    );
  });

  test('counts what happened and names what wants a look', () => {
    const text = readable(digestMessage(BAD_DAY, TASKS, false));
    expect(text).toContain(':warning: begins to fail *2*');
    expect(text).toContain(':leftwards_arrow_with_hook: recovered *1*');
    expect(text).toContain('Now 3 running, 1,200 waiting. 12 tasks want a look:');
    expect(text).toContain(':red_circle: *failed* · Firmware upgrade · `op-1`\n100 of 100 devices done');
    expect(text).toContain(':hourglass: *stalled* · `op-gone`');
  });

  test('tells the same without blocks', () => {
    expect(digestMessage(BAD_DAY, TASKS, false).text).toBe(
      'Upgrade tasks of the last day: 2 begin to fail, 1 failed, 1 recovered. Now 3 running, 1,200 waiting. ' +
        '12 tasks want a look:\nfailed: Firmware upgrade (op-1)\nstalled: (op-gone)',
    );
  });

  test('says with a line that is understood where the rest is found', () => {
    const more = readable(digestMessage(BAD_DAY, TASKS, false));
    const [, line] = /And 10 more: `\/upgrades ([^`]+)`/.exec(more) ?? [];
    expect(parseTerms(line ?? '').problems).toEqual([]);
    expect(readable(digestMessage({ ...BAD_DAY, attentionTotal: 2 }, TASKS, false))).not.toContain('more');
  });

  test('one task wants a look', () => {
    const one = { ...BAD_DAY, attention: BAD_DAY.attention.slice(0, 1), attentionTotal: 1 };
    expect(digestMessage(one, TASKS, false).text).toContain('1 task wants a look:');
  });
});
