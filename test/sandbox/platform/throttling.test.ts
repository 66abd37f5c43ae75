import { describe, expect, test } from '@jest/globals';
import { client, logIn, platformWith } from './http-client.ts';

/** A whole minute, so that fixed windows are easy to count. */
const MINUTE_START = 1_760_000_040_000 - (1_760_000_040_000 % 60_000);

describe('the budget of calls', () => {
  test('beyond it comes 403 1010009 in shape B, without Retry-After', async () => {
    const platform = await platformWith({ behaviour: { callsPerMinute: 3 } });
    const caller = await client(platform);
    await caller.list();
    await caller.list();
    const response = await fetch(`${platform.url}/iodm/northbound/v1.5.0/operations`, {
      headers: { app_key: platform.appId, authorization: `Bearer ${caller.token}` },
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('retry-after')).toBeNull();
    expect(await response.json()).toEqual({ resultcode: '1010009', resultmsg: 'app throttle exceed.' });
    expect((await logIn(platform)).json.resultcode).toBe('1010009');
  });

  test('the default is 100 a minute', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.spendBudgetElsewhere(98);
    expect((await caller.list()).status).toBe(200);
    expect((await caller.list()).json.resultcode).toBe('1010009');
  });

  test('login can be free of charge', async () => {
    const platform = await platformWith({ behaviour: { callsPerMinute: 1, loginCounts: false } });
    const caller = await client(platform);
    expect((await caller.list()).status).toBe(200);
    expect((await logIn(platform)).status).toBe(200);
  });

  test('a sliding window looks back a minute from each call', async () => {
    let wall = MINUTE_START + 50_000;
    const platform = await platformWith({
      wallNow: () => wall,
      behaviour: { callsPerMinute: 2, loginCounts: false },
    });
    const caller = await client(platform);
    await caller.list();
    wall += 20_000;
    expect((await caller.list()).status).toBe(200);
    expect((await caller.list()).status).toBe(403);
    wall += 40_000;
    expect((await caller.list()).status).toBe(200);
    expect((await caller.list()).status).toBe(403);
  });

  test('a fixed window starts anew with each minute', async () => {
    let wall = MINUTE_START + 50_000;
    const platform = await platformWith({
      wallNow: () => wall,
      behaviour: { callsPerMinute: 2, loginCounts: false, window: 'fixed' },
    });
    const caller = await client(platform);
    await caller.list();
    await caller.list();
    expect((await caller.list()).status).toBe(403);
    wall += 10_000;
    expect((await caller.list()).status).toBe(200);
  });

  test('calls with a dead token cost as well', async () => {
    const platform = await platformWith({ behaviour: { callsPerMinute: 2 } });
    const caller = await client(platform);
    platform.forgetTokens();
    expect((await caller.list()).json.resultcode).toBe('1010005');
    expect((await caller.list()).json.resultcode).toBe('1010009');
  });
});
