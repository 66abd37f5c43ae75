import { describe, expect, test } from '@jest/globals';
import { OperationalError } from '../../src/lib/operational-error.ts';
import type { Answer } from './scripted-server.ts';
import { LOGIN_PATH, newestTokenOnly, SECRET, setUp } from './set-up.ts';

const options = { priority: 'interactive' as const, person: null };

type Asking = 'task' | 'list' | 'device' | 'login';

/** The error a call ends with when the platform gives this answer. */
async function errorOf(answer: Answer, asking: Asking = 'task'): Promise<OperationalError> {
  const answers = newestTokenOnly(() => answer);
  await using bench = await setUp((received) =>
    asking === 'login' && received.path === LOGIN_PATH ? answer : answers.script(received),
  );
  const calls = {
    task: () => bench.platform.getTask('op-1', options),
    list: () => bench.platform.listTasks({ pageNo: 0, pageSize: 10 }, options),
    device: () => bench.platform.getDevice('d-1', options),
    login: () => bench.platform.checkLogin(),
  };
  const thrown = await calls[asking]().then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof OperationalError)) throw new Error(`no operational error: ${String(thrown)}`);
  return thrown;
}

const CODES: [platformCode: string, httpStatus: number, asking: Asking, code: string, repeat: string][] = [
  ['120015', 400, 'task', 'bad-request', 'refused'],
  ['123029', 400, 'list', 'page-beyond-limit', 'refused'],
  ['123009', 404, 'task', 'task-not-found', 'refused'],
  ['123009', 404, 'list', 'task-not-found', 'refused'],
  ['1010009', 403, 'task', 'platform-throttled', 'wait'],
  ['1010005', 403, 'task', 'token-refused', 'refused'],
  ['1005', 403, 'task', 'token-refused', 'refused'],
  ['100002', 401, 'task', 'token-refused', 'refused'],
  ['1010005', 403, 'login', 'login-refused', 'refused'],
  ['100405', 400, 'device', 'bad-device-parameter', 'refused'],
  ['100203', 403, 'device', 'application-unknown', 'refused'],
  ['100217', 403, 'device', 'application-not-authorized', 'refused'],
  ['100403', 404, 'device', 'device-not-found', 'refused'],
  ['100418', 404, 'device', 'device-not-found', 'refused'],
  ['100208', 401, 'login', 'login-refused', 'refused'],
  ['100208', 403, 'login', 'login-refused', 'refused'],
  ['100025', 401, 'login', 'login-refused', 'refused'],
  ['100247', 400, 'login', 'application-frozen', 'refused'],
  ['102202', 400, 'login', 'bad-login-parameter', 'refused'],
  ['50400', 400, 'login', 'bad-login-parameter', 'refused'],
  ['100022', 400, 'login', 'bad-login-parameter', 'refused'],
  ['50252', 500, 'login', 'platform-internal', 'wait'],
  ['100001', 500, 'task', 'platform-internal', 'wait'],
  ['100023', 500, 'task', 'platform-internal', 'wait'],
  ['100220', 500, 'task', 'app-key-missing', 'refused'],
  ['100501', 503, 'task', 'platform-congested', 'wait'],
  ['999999', 400, 'task', 'platform-refused', 'refused'],
  ['999999', 500, 'task', 'platform-internal', 'wait'],
];

describe('every documented code is a named error', () => {
  describe.each(CODES)(
    '%s under HTTP %i, asking for a %s: %s',
    (platformCode, status, asking, code, repeat) => {
      const text = 'platform text';
      test.each<[string, Answer]>([
        ['in the body of the services', { status, json: { error_code: platformCode, error_desc: text } }],
        ['in the body of the gateway', { status, json: { resultcode: platformCode, resultmsg: text } }],
        ['as a number', { status, json: { error_code: Number(platformCode) } }],
      ])('%s', async (_body, answer) => {
        const error = await errorOf(answer, asking);
        expect(error).toMatchObject({ code, repeat });
        expect(error.advice).not.toBe('');
      });

      test('in either body under HTTP 200', async () => {
        if (platformCode === '999999') return expect(code).toMatch(/^platform-/);
        for (const json of [{ error_code: platformCode }, { resultcode: platformCode }]) {
          expect(await errorOf({ status: 200, json }, asking)).toMatchObject({ code, repeat });
        }
      });
    },
  );

  test('an unknown code under HTTP 200 is still an error', async () => {
    expect(await errorOf({ json: { error_code: '999999' } })).toMatchObject({
      code: 'platform-refused',
      message: expect.stringContaining('(999999, HTTP 200)'),
    });
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'a code called %s is unknown like any other',
    async (code) => {
      expect(await errorOf({ status: 400, json: { error_code: code } })).toMatchObject({
        code: 'platform-refused',
        message: expect.stringContaining(`(${code}, HTTP 400)`),
      });
    },
  );

  test('a resultcode of 0 is none', async () => {
    await using bench = await setUp(
      newestTokenOnly(() => ({ json: { resultcode: '0', resultmsg: 'success', data: [], totalCount: 0 } }))
        .script,
    );
    await expect(bench.ask()).resolves.toMatchObject({ received: 0 });
  });

  test('the third body, from other gateways', async () => {
    const json = { statusCode: 404, message: 'Application not found' };
    for (const status of [404, 200]) {
      const error = await errorOf({ status, json });
      expect(error.code).toBe('platform-refused');
      expect(error.message).toContain('"Application not found"');
    }
  });

  test('HTTP 429 without a code has its usual meaning', async () => {
    expect(await errorOf({ status: 429, text: 'slow down' })).toMatchObject({ code: 'platform-throttled' });
    expect(await errorOf({ status: 429, json: {} })).toMatchObject({ code: 'platform-throttled' });
  });
});

describe('a page beyond the end', () => {
  const refused = newestTokenOnly(() => ({ status: 400, json: { error_code: '123029' } }));
  const empty = { items: [], received: 0, total: null, unreadable: [] };

  test('is an empty page, of tasks as of device results', async () => {
    await using bench = await setUp(refused.script);
    const { platform } = bench;
    await expect(platform.listTasks({ pageNo: 1, pageSize: 10 }, options)).resolves.toEqual(empty);
    await expect(platform.listDeviceResults('op-1', { pageNo: 9, pageSize: 10 }, options)).resolves.toEqual(
      empty,
    );
  });

  test('is never the first one', async () => {
    await using bench = await setUp(refused.script);
    await expect(
      bench.platform.listDeviceResults('op-1', { pageNo: 0, pageSize: 10 }, options),
    ).rejects.toMatchObject({ code: 'page-beyond-limit' });
  });
});

describe('answers that are none', () => {
  const cases: [string, Answer, string, RegExp][] = [
    [
      'a web page',
      { text: '<!DOCTYPE html><html>secret page</html>' },
      'unreadable-answer',
      /web page.*HTTP 200/,
    ],
    [
      'a web page for not found',
      { status: 404, text: '<html></html>' },
      'unreadable-answer',
      /web page.*HTTP 404/,
    ],
    [
      'a web page for a failure',
      { status: 502, text: '<html>Bad gateway</html>' },
      'platform-internal',
      /HTTP 502/,
    ],
    ['JSON that is cut off', { text: '{"operationId":"op-1","sta' }, 'unreadable-answer', /broken off/],
    ['nothing', { text: '' }, 'unreadable-answer', /empty/],
    ['204', { status: 204 }, 'unreadable-answer', /empty.*HTTP 204/],
    ['a bare word', { text: 'ok' }, 'unreadable-answer', /not what the platform answers/],
    ['a list', { json: [] }, 'unreadable-answer', /not what the platform answers/],
    ['null', { text: 'null' }, 'unreadable-answer', /not what the platform answers/],
    ['another object', { json: { hello: 1 } }, 'unreadable-task', /no upgrade task/],
    ['an empty failure', { status: 503, text: '' }, 'platform-internal', /HTTP 503/],
    ['an object without a code', { status: 403, json: { a: 1 } }, 'platform-refused', /HTTP 403/],
  ];

  test.each(cases)('%s', async (_name, answer, code, message) => {
    const error = await errorOf(answer);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error.message).not.toContain('secret page');
    expect(error.cause).toBeUndefined();
  });

  test('a redirect is not followed', async () => {
    const answer = { status: 302, headers: { Location: '/elsewhere' }, text: '' };
    await using bench = await setUp(newestTokenOnly(() => answer).script);
    await expect(bench.ask()).rejects.toMatchObject({
      code: 'unreadable-answer',
      message: expect.stringContaining('(HTTP 302)'),
    });
    expect(bench.received.map((received) => received.path)).not.toContain('/elsewhere');
  });

  test('a proxy that demands a client certificate by a page', async () => {
    const required = '<html><center>No required SSL certificate was sent</center></html>';
    const rejected = '<html><center>The SSL certificate error</center></html>';
    expect(await errorOf({ status: 400, text: required })).toMatchObject({
      code: 'tls-client-certificate-required',
    });
    expect(await errorOf({ status: 400, text: rejected })).toMatchObject({
      code: 'tls-client-certificate-rejected',
    });
  });
});

describe('what must stay secret', () => {
  test('a platform that repeats what it was sent does not bring it into a message', async () => {
    const echo = `secret=${SECRET}\ntoken=at-1 ${'x'.repeat(500)}`;
    for (const asking of ['task', 'login'] as const) {
      const error = await errorOf(
        { status: 400, json: { error_code: `9 ${SECRET}`, error_desc: echo } },
        asking,
      );
      const shown = JSON.stringify([error, error.message, error.advice, error.stack, error.cause]);
      expect(shown).not.toContain(SECRET);
      if (asking === 'task') expect(shown).not.toContain('at-1');
      expect(error.message.length).toBeLessThan(300);
      expect(error.message).not.toContain('\n');
    }
  });
});
