import { describe, expect, test } from '@jest/globals';
import { task } from './samples.ts';
import { APP_ID, EMPTY_PAGE, LOGIN_PATH, NOBODY, newestTokenOnly, SECRET, setUp } from './set-up.ts';

describe('what is sent', () => {
  test('the login is a form in which a secret with & and + survives', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    await bench.ask();
    const login = bench.received[0];
    expect(login?.method).toBe('POST');
    expect(login?.path).toBe(LOGIN_PATH);
    expect(login?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(new URLSearchParams(login?.body))).toEqual({ appId: APP_ID, secret: SECRET });
  });

  test('a question carries the appId, the token as Bearer although the login said bearer, and the JSON type', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    await bench.ask();
    expect(bench.received[1]?.headers).toMatchObject({
      app_key: APP_ID,
      authorization: 'Bearer at-1',
      'content-type': 'application/json',
    });
  });

  test('all eight parameters of the list go out, whatever characters they hold', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    const others = {
      deviceType: 'Water & Meter',
      model: 'WM+20',
      manufacturerName: 'Ünïcode=?#/',
      deviceId: 'd-1',
      pageNo: 3,
      pageSize: 100,
    };
    await bench.platform.listTasks({ type: 'firmware', status: 'succeeded', ...others }, NOBODY);
    expect(bench.received[1]?.method).toBe('GET');
    expect(bench.received[1]?.path).toBe('/iodm/northbound/v1.5.0/operations');
    expect(Object.fromEntries(bench.received[1]?.query ?? [])).toEqual({
      ...others,
      operationType: 'firmware_upgrade',
      operationStatus: 'success',
      pageNo: '3',
      pageSize: '100',
    });
  });

  test('what is not asked for is left out, but never the page', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    await bench.platform.listTasks({ status: undefined, pageNo: 0, pageSize: 10 }, NOBODY);
    expect(bench.received[1]?.query.toString()).toBe('pageNo=0&pageSize=10');
  });

  test('the other three calls have their documented paths', async () => {
    await using bench = await setUp(
      newestTokenOnly((received) => {
        if (received.path.includes('/devices/')) return { json: { deviceId: 'd-1' } };
        return received.path.endsWith('subOperations') ? EMPTY_PAGE : { json: task() };
      }).script,
    );
    await bench.platform.getTask('op:1', NOBODY);
    await bench.platform.listDeviceResults('op-1', { status: 'failed', pageNo: 1, pageSize: 50 }, NOBODY);
    await bench.platform.getDevice('d-1', NOBODY);
    expect(bench.received.slice(1).map((received) => `${received.path}?${received.query}`)).toEqual([
      '/iodm/northbound/v1.5.0/operations/op%3A1?',
      '/iodm/northbound/v1.5.0/operations/op-1/subOperations?subOperationStatus=fail&pageNo=1&pageSize=50',
      '/iocm/app/dm/v1.4.0/devices/d-1?',
    ]);
  });

  test('a path in the address stays in front of every call', async () => {
    await using bench = await setUp((received) =>
      received.path.endsWith('/login') ? { json: { accessToken: 'at' } } : EMPTY_PAGE,
    );
    const platform = bench.another({ settings: { baseUrl: `${bench.baseUrl}/gateway/` } });
    await platform.listTasks({ pageNo: 0, pageSize: 10 }, NOBODY);
    expect(bench.received.map((received) => received.path)).toEqual([
      `/gateway${LOGIN_PATH}`,
      '/gateway/iodm/northbound/v1.5.0/operations',
    ]);
  });

  test('connections are kept between calls', async () => {
    await using bench = await setUp(newestTokenOnly(() => EMPTY_PAGE).script);
    for (let call = 0; call < 10; call += 1) await bench.ask();
    // A second one may be opened when a call follows so fast that the first connection is still being tidied up.
    expect(new Set(bench.received.map((received) => received.clientPort)).size).toBeLessThanOrEqual(2);
  });
});

describe('ids that could change the path', () => {
  test.each(['..', '.', 'a/b', 'a?b', '', 'x'.repeat(257)])('%j is refused before any call', async (id) => {
    await using bench = await setUp(() => EMPTY_PAGE);
    const { platform } = bench;
    const page = { pageNo: 0, pageSize: 10 };
    await expect(platform.getTask(id, NOBODY)).rejects.toMatchObject({ code: 'unsafe-id' });
    await expect(platform.listDeviceResults(id, page, NOBODY)).rejects.toMatchObject({ code: 'unsafe-id' });
    await expect(platform.getDevice(id, NOBODY)).rejects.toMatchObject({
      code: 'unsafe-id',
      repeat: 'refused',
    });
    expect(bench.received).toEqual([]);
  });
});

describe('calls that are watched or given up', () => {
  test('every call that is made is reported with its outcome and priority', async () => {
    await using bench = await setUp(
      newestTokenOnly(() => ({ status: 404, json: { error_code: '123009' } })).script,
    );
    await expect(bench.platform.getTask('op-1', { priority: 'poll' })).rejects.toThrow();
    expect(bench.events).toMatchObject([
      { call: 'login', outcome: 'ok', milliseconds: 0, priority: 'poll' },
      { call: 'getTask', outcome: 'task-not-found', milliseconds: 0, priority: 'poll' },
    ]);
  });

  test('a signal that fired before makes no call; one that fires meanwhile ends the waiting', async () => {
    const asked = Promise.withResolvers<void>();
    await using bench = await setUp(
      newestTokenOnly(() => {
        asked.resolve();
        return { fault: 'hang' };
      }).script,
    );
    await expect(bench.ask(NOBODY, AbortSignal.abort())).rejects.toMatchObject({
      code: 'call-aborted',
    });
    expect(bench.received).toEqual([]);
    const giveUp = new AbortController();
    const waiting = bench.ask(NOBODY, giveUp.signal);
    await asked.promise;
    giveUp.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'call-aborted' });
  });

  test('giving up while someone else logs in does not end that login', async () => {
    const asked = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const answers = newestTokenOnly(() => EMPTY_PAGE);
    await using bench = await setUp(async (received) => {
      if (received.path === LOGIN_PATH) {
        asked.resolve();
        await goOn.promise;
      }
      return answers.script(received);
    });
    const giveUp = new AbortController();
    const impatient = bench.ask(NOBODY, giveUp.signal);
    const patient = bench.ask();
    await asked.promise;
    giveUp.abort();
    await expect(impatient).rejects.toMatchObject({ code: 'call-aborted' });
    goOn.resolve();
    await expect(patient).resolves.toMatchObject({ received: 0 });
    expect(answers.logins()).toBe(1);
  });

  test('closing the client ends the calls under way', async () => {
    const asked = Promise.withResolvers<void>();
    await using bench = await setUp(
      newestTokenOnly(() => {
        asked.resolve();
        return { fault: 'hang' };
      }).script,
    );
    const waiting = bench.ask();
    await asked.promise;
    await Promise.all([
      bench.platform.close(),
      expect(waiting).rejects.toMatchObject({ code: 'call-aborted' }),
    ]);
    await expect(bench.ask()).rejects.toMatchObject({ code: 'call-aborted' });
  });
});
