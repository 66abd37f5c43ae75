import { afterEach, describe, expect, test } from '@jest/globals';
import { startSimulatedPlatform } from '../../sandbox/platform/index.ts';
import { startWorkspace } from '../../sandbox/workspace/start-workspace.ts';
import { realParts, startBot } from '../../src/app/start-bot.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/ops/log.ts';
import { reasonsCsv } from '../../src/render/task/reasons-csv.ts';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** A bot that may upload files, and a task of which 25 devices failed, told in the channel. */
async function setUp() {
  const platform = await startSimulatedPlatform();
  toClose.push(() => platform.close());
  const workspace = await startWorkspace({ postRate: 'off' });
  toClose.push(() => workspace.close());
  const loaded = loadConfig({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    PORT: '0',
    IOT_BASE_URL: platform.url,
    IOT_APP_ID: platform.appId,
    IOT_SECRET: platform.secret,
    ALERT_CHANNEL: workspace.channelInfo('iot-ops').id,
    DATABASE_URL: 'sqlite::memory:',
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const bot = await startBot(loaded.config, 'all', realParts(createLog('silent')));
  toClose.push(() => bot.stop());
  workspace.connectHttp(`http://127.0.0.1:${bot.port}/slack/events`);
  await bot.pollNow();
  const operationId = 'op:25';
  platform.fleet.addTask({ operationId, status: 'failed', tally: { total: 25, fail: 25 } });
  await bot.pollNow();
  const root = await workspace.until(() =>
    workspace.channel('iot-ops').find((one) => workspace.plainText(one).includes('[Reasons]')),
  );
  return { platform, workspace, root, operationId };
}

type World = Awaited<ReturnType<typeof setUp>>;

/** The file once it is shared: where, and how many bytes. */
async function shared({ workspace }: World) {
  const call = await workspace.until(
    ({ apiCalls }) => apiCalls.find(({ method }) => method === 'files.completeUploadExternal'),
    { what: 'a shared file', timeoutMs: 10_000 },
  );
  expect(call.ok).toBe(true);
  const announced = workspace.apiCalls.find(({ method }) => method === 'files.getUploadURLExternal')?.params;
  return { ...call.params, filename: announced?.filename, length: Number(announced?.length) };
}

function bytesOf({ platform, operationId }: World): number {
  const results = platform.fleet.deviceResults(operationId).map((row) => ({
    ...{ subOperationId: null, deviceId: row.deviceId, createTime: null },
    ...{ startTime: whole(row.startTime), stopTime: whole(row.stopTime) },
    ...({ status: 'failed', statusWord: 'fail', detailInfo: row.detailInfo, extendInfo: {} } as const),
  }));
  return Buffer.byteLength(reasonsCsv(results));
}

const whole = (at: number | null) => (at === null ? null : Math.floor(at / 1_000) * 1_000);

describe('all failed devices as a file', () => {
  test('follow the reasons into the thread of a notification', async () => {
    const world = await setUp();
    const { workspace, root } = world;
    await workspace.press({ user: 'wei', channel: root.channel, messageTs: root.ts, label: 'Reasons' });
    const file = await shared(world);
    expect(file).toMatchObject({ channel_id: root.channel, thread_ts: root.ts });
    expect(file.filename).toBe('failed-devices-op-25.csv');
    expect(file.length).toBe(bytesOf(world));
    const [reply] = workspace.channel('iot-ops').find(({ ts }) => ts === root.ts)?.replies ?? [];
    expect(workspace.plainText(reply ?? {})).toContain('all of them in the CSV file that follows');
    expect(workspace.violations).toEqual([]);
  });

  test('asked for privately come in direct messages, never into the channel', async () => {
    const world = await setUp();
    const { workspace } = world;
    await workspace.command({ user: 'wei', channel: 'iot-alerts', text: 'task:op:25 private' });
    const answer = await workspace.until(() => workspace.ephemerals('wei').at(-1));
    await workspace.press({ user: 'wei', ephemeralId: answer.id, label: 'Reasons' });
    const file = await shared(world);
    expect(file).toMatchObject({ channel_id: (await workspace.directChannel('wei')).id });
    expect(workspace.channel('iot-alerts')).toEqual([]);
  });

  test('that Slack does not take are missed out loud', async () => {
    const world = await setUp();
    const { workspace, root } = world;
    workspace.fault({
      method: 'files.completeUploadExternal',
      kind: 'error',
      error: 'not_in_channel',
    });
    await workspace.press({ user: 'wei', channel: root.channel, messageTs: root.ts, label: 'Reasons' });
    const note = await workspace.until(() => workspace.ephemerals('wei').at(-1));
    expect(workspace.plainText(note)).toContain('invite me to the channel');
  });
});
