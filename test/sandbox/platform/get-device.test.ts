import { describe, expect, test } from '@jest/globals';
import { client, DEVICES, platformWith } from './http-client.ts';

describe('the device look-up', () => {
  test('shows a device in good health, its newest report not first among its services', async () => {
    const platform = await platformWith();
    const { deviceId } = platform.fleet.addDevice({ name: 'Cellar', fwVersion: '2.4' });
    const { json } = await (await client(platform)).get(`${DEVICES}/${deviceId}`);
    expect(json).toMatchObject({
      deviceId,
      gatewayId: deviceId,
      nodeType: 'GATEWAY',
      deviceInfo: { name: 'Cellar', status: 'ONLINE', statusDetail: 'NONE', fwVersion: '2.4', mac: null },
    });
    const times = json.services?.map((service) => String(service.eventTime)) ?? [];
    expect([...times].sort().at(-1)).toBe(times[1]);
  });

  test('a device before its first contact is null all over', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'new', neverSeen: true });
    const { json } = await (await client(platform)).get(`${DEVICES}/new`);
    const known = Object.entries(json.deviceInfo ?? {}).filter(([, value]) => value !== null);
    expect(Object.fromEntries(known)).toEqual({
      nodeId: expect.any(String),
      status: 'OFFLINE',
      statusDetail: 'NOT_ACTIVE',
    });
    expect(Object.keys(json.deviceInfo ?? {})).toContain('isHD');
    expect(json.services).toBeNull();
  });

  test('unknown is 404 100403, another application’s 404 100418, an unauthorised appId 403 100217', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'theirs', foreign: true });
    const caller = await client(platform);
    const codes = async () =>
      Promise.all(
        [
          caller.get(`${DEVICES}/none`),
          caller.get(`${DEVICES}/theirs`),
          caller.get(`${DEVICES}/theirs`, { appId: 'app-other' }),
        ].map(async (call) => [(await call).status, (await call).json.error_code]),
      );
    expect(await codes()).toEqual([
      [404, '100403'],
      [404, '100418'],
      [403, '100217'],
    ]);
    platform.behaviour.deviceErrorsUnder200 = true;
    expect(await codes()).toEqual([
      [200, '100403'],
      [200, '100418'],
      [200, '100217'],
    ]);
  });

  test('during a firmware upgrade it is offline and updating, afterwards it has the new version', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'd1' });
    platform.fleet.addTask({
      extendPara: { version: '9.9' },
      plan: { devices: [{ deviceId: 'd1', outcome: 'success', endsAfter: 60_000 }] },
    });
    const caller = await client(platform);
    const info = async () => (await caller.get(`${DEVICES}/d1`)).json.deviceInfo;
    expect(await info()).toMatchObject({ status: 'OFFLINE', statusDetail: 'FIRMWARE_UPDATING' });
    platform.clock.advance(60_000);
    expect(await info()).toMatchObject({ status: 'ONLINE', statusDetail: 'NONE', fwVersion: '9.9' });
  });

  test('a device that is not online stays away; members can be changed, made odd, and the device removed', async () => {
    const platform = await platformWith();
    platform.fleet.addDevice({ deviceId: 'd1', groups: ['meters-north'] });
    const { operationId } = platform.fleet.addTask({ tally: { total: 1 } });
    platform.fleet.finishDevices(operationId, { fail: 1, reason: 'Device Abnormal is not online' });
    const caller = await client(platform);
    const look = async () => (await caller.get(`${DEVICES}/d1`)).json;
    expect((await look()).deviceInfo).toMatchObject({
      status: 'OFFLINE',
      statusDetail: 'COMMUNICATION_ERROR',
    });
    platform.fleet.devices.change('d1', { batteryLevel: '3' });
    platform.fleet.devices.raw('d1', { deviceInfo: { name: '<!here>', extra: true }, createTime: undefined });
    expect(await look()).toMatchObject({ deviceInfo: { batteryLevel: '3', name: '<!here>', extra: true } });
    expect(Object.keys(await look())).not.toContain('createTime');
    platform.fleet.devices.remove('d1');
    expect((await look()).error_code).toBe('100403');
  });
});
