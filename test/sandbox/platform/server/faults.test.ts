import { describe, expect, test } from '@jest/globals';
import { client, logIn, platformWith } from '../http-client.ts';

describe('errors and their shapes', () => {
  test('services answer in shape A, the gateway in shape B, with string codes', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    const missing = await caller.get('/iodm/northbound/v1.5.0/operations/op-none');
    expect([missing.status, missing.json]).toEqual([
      404,
      { error_code: '123009', error_desc: 'The requested task does not exist.' },
    ]);
    platform.forgetTokens();
    expect(Object.keys((await caller.list()).json)).toEqual(['resultcode', 'resultmsg']);
  });

  test('A only and B only can be chosen', async () => {
    const platform = await platformWith({ behaviour: { errorShape: 'a' } });
    const caller = await client(platform);
    platform.logInElsewhere();
    expect((await caller.list()).json.error_code).toBe('1010005');
    platform.behaviour.errorShape = 'b';
    expect((await logIn(platform, {})).json.resultcode).toBe('102202');
  });

  test('an address nobody serves answers HTML', async () => {
    const platform = await platformWith();
    const response = await fetch(`${platform.url}/index`);
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html']);
    expect(platform.calls.at(-1)).toMatchObject({ name: 'unknown', path: '/index', status: 404 });
  });

  test('an id that cannot be decoded is 400 120015', async () => {
    const platform = await platformWith();
    const { get } = await client(platform);
    const { status, json } = await get('/iodm/northbound/v1.5.0/operations/%E0%A4%A');
    expect([status, json.error_code]).toEqual([400, '120015']);
  });
});

describe('faults', () => {
  test.each([
    ['html under 200', { kind: 'html' }, 200, /^<!DOCTYPE html>/],
    ['html under 500', { kind: 'html', status: 500 }, 500, /^<!DOCTYPE html>/],
    ['an empty body', { kind: 'empty' }, 200, /^$/],
    ['204', { kind: 'no-content' }, 204, /^$/],
    ['cut JSON', { kind: 'cut-json' }, 200, /^\{"data":[^}]*$/],
    ['503 with a code', { kind: 'status', status: 503, code: '100501' }, 503, /"error_code":"100501"/],
    ['the third shape', { kind: 'status', status: 404, shape: 'other' }, 404, /^\{"statusCode":404,/],
    ['shape B on demand', { kind: 'status', status: 500, code: '1', shape: 'b' }, 500, /"resultcode":"1"/],
    ['an error under 200', { kind: 'error-under-200', code: '100203' }, 200, /"error_code":"100203"/],
  ] as const)('%s, once', async (_, fault, status, text) => {
    const platform = await platformWith();
    const caller = await client(platform);
    const queued = platform.faults.add(fault);
    const hit = await caller.list();
    expect(hit.status).toBe(status);
    expect(hit.text).toMatch(text);
    expect(queued.hits).toBe(1);
    expect((await caller.list()).json.totalCount).toBe(0);
  });

  test('a connection is reset, and the call is on record without a status', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.faults.add({ kind: 'reset' }, { call: 'listTasks' });
    await expect(caller.list()).rejects.toThrow();
    expect(platform.callsOf('listTasks')).toMatchObject([{ status: null }]);
  });

  test('a login takes effect although its answer is lost', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.faults.add({ kind: 'reset', afterHandling: true }, { call: 'login' });
    await expect(logIn(platform)).rejects.toThrow();
    expect((await caller.list()).status).toBe(403);
  });

  test('a call hangs until the fault is cleared', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    const hang = platform.faults.add({ kind: 'hang' }, { call: 'listTasks', times: 'until-cleared' });
    const waiting = [caller.list(), caller.list()];
    while (platform.callsOf('listTasks').length < 2) await caller.get('/elsewhere');
    expect(platform.callsOf('listTasks').map((call) => call.status)).toEqual([null, null]);
    hang.clear();
    expect((await Promise.all(waiting)).map((seen) => seen.status)).toEqual([200, 200]);
  });

  test('closing the platform ends calls that hang or are delayed', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.faults.add({ kind: 'hang' });
    platform.faults.add({ kind: 'delay', ms: 3_600_000 }, { after: 1 });
    const waiting = [caller.list(), caller.list()].map((call) =>
      call.then(() => 'answered').catch(() => 'lost'),
    );
    while (platform.callsOf('listTasks').length < 2) await new Promise(setImmediate);
    await platform.close();
    expect(await Promise.all(waiting)).toEqual(['lost', 'lost']);
  });

  test('an answer slower than the caller waits for', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.faults.add({ kind: 'delay', ms: 60 });
    const before = performance.now();
    expect((await caller.list()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  });

  test('faults hit only the calls named, so many times, after so many', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.faults.add(
      { kind: 'status', status: 500, code: '50252' },
      { call: ['listTasks', 'getDevice'], times: 2, after: 1 },
    );
    const statuses = [];
    for (let round = 0; round < 4; round += 1) statuses.push((await caller.list()).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
    platform.faults.add({ kind: 'html' }, { times: 'until-cleared' });
    expect((await logIn(platform)).text).toContain('<html>');
    platform.faults.clear();
    expect((await logIn(platform)).status).toBe(200);
  });
});

describe('the record of calls', () => {
  test('holds what was asked and how it was answered, and no secret', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    await caller.list({ pageNo: 0, pageSize: 101 });
    expect(platform.callsOf('listTasks')).toEqual([
      {
        name: 'listTasks',
        at: expect.any(Number),
        fleetTime: platform.clock.now(),
        method: 'GET',
        path: '/iodm/northbound/v1.5.0/operations',
        query: { pageNo: '0', pageSize: '101' },
        headers: expect.objectContaining({
          app_key: platform.appId,
          authorization: `Bearer ${caller.token}`,
        }),
        status: 400,
        errorCode: '123029',
      },
    ]);
    expect(JSON.stringify(platform.calls)).not.toContain(platform.secret);
    platform.clearCalls();
    expect(platform.calls).toEqual([]);
  });
});
