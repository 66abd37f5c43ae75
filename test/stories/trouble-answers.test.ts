import { describe, expect } from '@jest/globals';
import type { Fault } from '../../sandbox/platform/index.ts';
import { type Story, story } from './harness/story.ts';

interface Trouble {
  readonly code: string;
  readonly status: number;
  /** What the answer says has happened, and what to do. */
  readonly says: RegExp;
}

/** What the list call can be refused with, and what a person has to read then. */
const LIST_TROUBLES: readonly Trouble[] = [
  { code: '120015', status: 400, says: /cannot make sense.*120015[\s\S]*Check the ids and words/ },
  { code: '100203', status: 403, says: /does not know this application[\s\S]*Check IOT_APP_ID/ },
  { code: '100217', status: 403, says: /may not see[\s\S]*authorize this application/ },
  { code: '100220', status: 500, says: /did not find the appId[\s\S]*proxy/ },
  { code: '50252', status: 500, says: /failed inside.*50252[\s\S]*Ask again later/ },
  { code: '100001', status: 500, says: /failed inside.*100001[\s\S]*Ask again later/ },
  { code: '100023', status: 500, says: /failed inside.*100023[\s\S]*Ask again later/ },
  { code: '100501', status: 503, says: /congested[\s\S]*Ask again in a minute/ },
  { code: '123009', status: 404, says: /knows no upgrade task[\s\S]*Check the id/ },
  { code: '999999', status: 418, says: /refused the call.*999999[\s\S]*not documented/ },
];

function shapesOf({ code, status }: Trouble): readonly Fault[] {
  return [
    { kind: 'status', status, code, shape: 'a' },
    { kind: 'status', status, code, shape: 'b' },
    { kind: 'error-under-200', code, shape: 'a' },
    { kind: 'error-under-200', code, shape: 'b' },
  ];
}

/** Asks while a fault hits the list call. The mirror knows the task, so that it is shown with the reason above it. */
async function askUnder(s: Story, fault: Fault, says: RegExp, times = 1): Promise<void> {
  s.platform.faults.add(fault, { call: 'listTasks', times });
  const { text, to } = await s.people.ask('ana', 'failed');
  expect(text).toMatch(says);
  expect(to).toBe('everyone');
  expect(text).toContain('op-1');
  expect(text).toMatch(/as of 20\d\d-/);
  expect(text).not.toContain('live');
}

describe('the platform answers with an error', () => {
  for (const trouble of LIST_TROUBLES) {
    story(`${trouble.code}: the answer comes from the mirror and says what to do`, async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      const before = s.platform.calls.length;
      for (const fault of shapesOf(trouble)) await askUnder(s, fault, trouble.says);
      expect(s.platform.calls.length - before).toBe(4);
    });
  }

  story('a device look-up is refused: what and what to do', async (s) => {
    await s.start();
    const refused: readonly (readonly [number, string, RegExp])[] = [
      [400, '100405', /refuses a parameter of the device look-up[\s\S]*Check the device id/],
      [404, '100403', /knows neither a device nor an upgrade task[\s\S]*Check the id/],
      [404, '100418', /knows neither a device nor an upgrade task[\s\S]*Check the id/],
    ];
    for (const [status, code, says] of refused) {
      for (const shape of ['a', 'b'] as const) {
        for (const fault of [
          { kind: 'status', status, code, shape } as const,
          { kind: 'error-under-200', code, shape } as const,
        ]) {
          s.platform.faults.add(fault, { call: 'getDevice' });
          const { text, to } = await s.people.ask('wei', 'dev-4711');
          expect(to).toBe('wei');
          expect(text).toMatch(says);
        }
      }
    }
  });

  story('a page the platform does not serve is beyond the end', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    s.platform.behaviour.maxPageNo = 50;
    await s.start();
    expect((await s.people.ask('ana', 'failed page:900')).text).toContain('Page 900 is beyond the end');
  });
});

describe('the platform answers with what cannot be read, or not at all', () => {
  const faults: readonly (readonly [string, Fault, RegExp])[] = [
    ['HTML from a wrong port', { kind: 'html' }, /cannot be read[\s\S]*Check/],
    ['HTML of a broken proxy', { kind: 'html', status: 500 }, /cannot be read|failed[\s\S]*(Check|later)/],
    ['JSON cut in the middle', { kind: 'cut-json' }, /cannot be read/],
    ['an empty body', { kind: 'empty' }, /cannot be read/],
    ['no content', { kind: 'no-content' }, /cannot be read/],
    [
      'connections reset again and again',
      { kind: 'reset' },
      /cannot be reached: the connection broke off[\s\S]*Ask again/,
    ],
    ['a body of neither shape', { kind: 'status', status: 404, shape: 'other' }, /HTTP 404/],
  ];
  for (const [what, fault, says] of faults) {
    story(`${what}: the mirror answers and says why`, async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      await askUnder(s, fault, says, fault.kind === 'reset' ? 2 : 1);
      expect((await s.people.ask('ana', 'failed')).text).toContain('live');
    });
  }

  story('one reset connection is made up for, and costs a call of the budget', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const before = s.platform.calls.length;
    s.platform.faults.add({ kind: 'reset' }, { call: 'listTasks' });
    const { text } = await s.people.ask('ana', 'failed');
    expect(text).toContain('op-1');
    expect(text).toContain('live');
    expect(s.platform.calls.length - before).toBe(2);
    expect((await s.page('/metrics')).body).toMatch(
      /^upgrades_platform_calls_total\{call="listTasks",outcome="made-again"\} 1$/m,
    );
  });

  story(
    'too slow for its time-out: the mirror answers and says how long was waited',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      await askUnder(s, { kind: 'delay', ms: 900 }, /did not answer completely within 300 ms/);
    },
    { env: { IOT_TIMEOUT_MS: '300' } },
  );

  story('a task whose devices cannot be read is shown all the same', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    s.platform.faults.add({ kind: 'html' }, { call: 'listDeviceResults' });
    const { text } = await s.people.ask('ana', 'op-1');
    expect(text).toMatch(/Failed devices[\s\S]*cannot be read/);
    expect(text).toContain('live');
  });
});
