import { describe, expect, test } from '@jest/globals';
import { createLog } from '../../src/ops/log.ts';
import { watchPlatform } from '../../src/ops/watch-platform.ts';
import { errorOfFault } from '../../src/platform/oceanconnect/error-of-fault.ts';
import type { CallEvent } from '../../src/platform/transport/transport.ts';
import { LogWatch } from '../stories/harness/log-watch.ts';

const FROZEN = errorOfFault(
  { platformCode: '100247', text: null },
  { call: 'login', id: null, httpStatus: 400, now: 0, secrets: [] },
);
const CALL = { call: 'listTasks', milliseconds: 12, priority: 'poll', error: null, clockAhead: 0 } as const;

function watching() {
  const watch = new LogWatch();
  const counted: string[] = [];
  const tell = watchPlatform(
    createLog('info', { write: (line: string) => watch.write(line) }),
    ({ outcome }) => counted.push(outcome),
  );
  return {
    counted,
    tell: (outcome: string, more: Partial<CallEvent> = {}) => tell({ ...CALL, outcome, ...more }),
    said: () => watch.lines.map(({ level, msg }) => `${level}: ${msg}`),
    lines: watch.lines,
  };
}

describe('following the calls to the platform', () => {
  test('what goes wrong is said once with advice, and so is its end', () => {
    const { tell, said, lines, counted } = watching();
    tell('ok');
    tell('application-frozen', { error: FROZEN });
    tell('application-frozen', { error: FROZEN });
    tell('ok');
    expect(said()).toEqual([
      'warn: the platform does not answer as it should',
      'info: the platform answers as it should again',
    ]);
    expect(lines[0]).toMatchObject({ code: 'application-frozen', call: 'listTasks' });
    expect(lines[0]?.advice).toMatch(/unfreeze/);
    expect(counted).toHaveLength(4);
  });

  test('a task that is not there is no trouble of the platform', () => {
    const { tell, said } = watching();
    tell('task-not-found');
    tell('device-not-found');
    expect(said()).toEqual([]);
  });

  test('clocks that part are named once, and when they agree again', () => {
    const { tell, said, lines } = watching();
    tell('ok', { clockAhead: 59_000 });
    tell('ok', { clockAhead: -90_000 });
    tell('ok', { clockAhead: null });
    tell('ok', { clockAhead: -91_000 });
    tell('ok', { clockAhead: 0 });
    expect(said()).toEqual(['warn: the clocks differ', 'info: the clocks agree again']);
    expect(lines[0]).toMatchObject({ code: 'clock-off', other: 'platform', milliseconds: -90_000 });
    expect(lines[0]?.problem).toContain('1 min 30 s behind the platform’s');
  });
});
