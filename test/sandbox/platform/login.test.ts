import { describe, expect, test } from '@jest/globals';
import { createSimulatedClock } from '../../../sandbox/platform/index.ts';
import { client, logIn, OPERATIONS, platformWith, read, refresh } from './http-client.ts';

const HOUR = 3_600_000;

describe('logging in', () => {
  test('a form with appId and secret gets a token', async () => {
    const platform = await platformWith();
    const { status, json } = await logIn(platform);
    expect(status).toBe(200);
    expect(json).toEqual({
      accessToken: expect.stringMatching(/^at-/),
      tokenType: 'bearer',
      expiresIn: 3600,
      refreshToken: expect.stringMatching(/^rt-/),
      scope: 'default',
    });
  });

  test('JSON is not understood: every parameter is missing', async () => {
    const platform = await platformWith();
    const response = await fetch(`${platform.url}/iocm/app/sec/v1.1.0/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId: platform.appId, secret: platform.secret }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error_code: '102202', error_desc: expect.any(String) });
  });

  test('a missing secret is 400 102202', async () => {
    const platform = await platformWith();
    const { status, json } = await logIn(platform, { appId: platform.appId });
    expect([status, json.error_code]).toEqual([400, '102202']);
  });

  test('a secret that was not encoded by the client is a wrong secret', async () => {
    const platform = await platformWith({ secret: 'a&b+c' });
    const response = await fetch(`${platform.url}/iocm/app/sec/v1.1.0/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `appId=${platform.appId}&secret=a&b+c`,
    });
    expect(response.status).toBe(401);
    expect((await logIn(platform)).status).toBe(200);
  });

  test.each([401, 403] as const)('a wrong secret is %i 100208 as chosen', async (wrongSecretStatus) => {
    const platform = await platformWith({ behaviour: { wrongSecretStatus } });
    const { status, json } = await logIn(platform, { appId: platform.appId, secret: 'other' });
    expect([status, json.error_code]).toEqual([wrongSecretStatus, '100208']);
  });

  test('a frozen application is 400 100247, a broken service 500 50252', async () => {
    const platform = await platformWith({ behaviour: { frozen: true } });
    const frozen = await logIn(platform);
    expect([frozen.status, frozen.json.error_code]).toEqual([400, '100247']);
    platform.behaviour.loginBroken = true;
    const broken = await logIn(platform);
    expect([broken.status, broken.json.error_code]).toEqual([500, '50252']);
  });

  test('expiresIn and tokenType come in the other spelling when asked to', async () => {
    const platform = await platformWith({
      behaviour: { expiresInAs: 'string', expiresInSeconds: 90, tokenType: 'Bearer' },
    });
    expect((await logIn(platform)).json).toMatchObject({ expiresIn: '90', tokenType: 'Bearer' });
  });
});

describe('the life of a token', () => {
  test('a new login ends the token before', async () => {
    const platform = await platformWith();
    const first = await client(platform);
    const second = await client(platform);
    const refused = await first.list();
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual({ resultcode: '1010005', resultmsg: expect.any(String) });
    expect((await second.list()).status).toBe(200);
  });

  test('a token dies with its time, in the middle of a read in pages', async () => {
    let wall = Date.now();
    const platform = await platformWith({ wallNow: () => wall });
    const caller = await client(platform);
    expect((await caller.list({ pageNo: 0 })).status).toBe(200);
    wall += HOUR;
    expect((await caller.list({ pageNo: 1 })).json.resultcode).toBe('1010005');
  });

  test('driving the clock of the fleet by hours leaves tokens alone', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.clock.advance(48 * HOUR);
    expect((await caller.list()).status).toBe(200);
  });

  test('unless tokens are told to live by that clock', async () => {
    const clock = createSimulatedClock();
    const platform = await platformWith({ clock, wallNow: () => clock.now() });
    const caller = await client(platform);
    clock.advance(HOUR);
    expect((await caller.list()).status).toBe(403);
  });

  test.each([
    ['no token', { authorization: '' }],
    ['a foreign token', { authorization: 'Bearer at-of-somebody-else' }],
    ['a wrong app_key', { app_key: 'app-other' }],
    ['no app_key', { app_key: '' }],
  ])('%s is 403 1010005', async (_, headers) => {
    const platform = await platformWith();
    const { get } = await client(platform);
    const { status, json } = await get(OPERATIONS, {}, headers);
    expect([status, json.resultcode]).toEqual([403, '1010005']);
  });

  test('the token is accepted with the word as received, in lower case', async () => {
    const platform = await platformWith();
    const { token } = await client(platform);
    const headers = { app_key: platform.appId, authorization: `bearer ${token}` };
    expect((await read(platform, OPERATIONS, {}, headers)).status).toBe(200);
  });

  test('forgetting all tokens ends them at once', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.forgetTokens();
    expect((await caller.list()).status).toBe(403);
  });
});

describe('another program with the same appId', () => {
  test('logs in once and our token is dead', async () => {
    const platform = await platformWith();
    const caller = await client(platform);
    platform.logInElsewhere();
    expect((await caller.list()).json.resultcode).toBe('1010005');
    expect((await (await client(platform)).list()).status).toBe(200);
  });

  test('fights: each of our tokens lasts the calls it is granted', async () => {
    const platform = await platformWith({ behaviour: { anotherProgram: 'fighting', fightAfterCalls: 2 } });
    for (let round = 0; round < 3; round += 1) {
      const caller = await client(platform);
      const statuses = [await caller.list(), await caller.list(), await caller.list()].map(
        (seen) => seen.status,
      );
      expect(statuses).toEqual([200, 200, 403]);
    }
    platform.behaviour.fightAfterCalls = 0;
    expect((await (await client(platform)).list()).status).toBe(403);
  });
});

describe('refreshing', () => {
  test('gives a new pair and ends the old one', async () => {
    const platform = await platformWith();
    const first = (await logIn(platform)).json;
    const body = { appId: platform.appId, secret: platform.secret, refreshToken: first.refreshToken };
    const second = await refresh(platform, body);
    expect(second.status).toBe(200);
    const headers = (token: unknown) => ({ app_key: platform.appId, authorization: `Bearer ${token}` });
    expect((await read(platform, OPERATIONS, {}, headers(first.accessToken))).status).toBe(403);
    expect((await read(platform, OPERATIONS, {}, headers(second.json.accessToken))).status).toBe(200);
    const again = await refresh(platform, body);
    expect([again.status, again.json.error_code]).toEqual([401, '100208']);
  });

  test('understands JSON only', async () => {
    const platform = await platformWith();
    const form = `appId=${platform.appId}&secret=x&refreshToken=y`;
    const asForm = await refresh(platform, form, 'application/x-www-form-urlencoded');
    expect([asForm.status, asForm.json.error_code]).toEqual([400, '50400']);
    expect((await refresh(platform, '{"appId":')).json.error_code).toBe('50400');
    expect((await refresh(platform, { appId: platform.appId })).json.error_code).toBe('102202');
  });

  test('is refused when the refresh token is too old', async () => {
    let wall = Date.now();
    const platform = await platformWith({ wallNow: () => wall, behaviour: { refreshLifeSeconds: 86_400 } });
    const { refreshToken } = (await logIn(platform)).json;
    wall += 25 * HOUR;
    const late = await refresh(platform, { appId: platform.appId, secret: platform.secret, refreshToken });
    expect(late.json.error_code).toBe('100208');
  });
});
