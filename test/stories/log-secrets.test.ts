import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createLog } from '../../src/ops/log.ts';
import { alertsTo } from './harness/environment.ts';
import { secretsIn, secretsOf } from './harness/secrets.ts';
import { type Story, story } from './harness/story.ts';
import { moves, subscribe } from './harness/subscribing.ts';

const shown = (s: Story, place: 'home' | 'modal', says: string) =>
  s.workspace.until(({ [place]: view, plainView }) => {
    const opened = view('ana');
    return opened !== undefined && plainView(opened.view).includes(says);
  });

/** Everything people do, over HTTP or a socket alike. */
async function askAround(s: Story): Promise<void> {
  const list = await s.people.ask('ana', 'failed,success');
  await s.people.press('wei', list, { label: 'Refresh' });
  await s.people.ask('ana', 'faild');
  await s.people.ask('ana', 'dev-1');
  expect((await s.people.ask('olga', 'failed', 'shared-vendor')).text).toContain('Only members');
  await s.people.open('ana', await s.people.ask('ana', 'op-1'), 'Details', 'op-1');
  await s.people.pressOnly('ana', list, { label: 'Filter…' });
  await shown(s, 'modal', 'Status');
  await s.workspace.submitView({ user: 'ana' });
  await shown(s, 'modal', 'op-1');
  await s.workspace.openHome('ana');
  await shown(s, 'home', 'Search');
  await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
  await shown(s, 'modal', 'Id of the device');
  await s.workspace.submitView({ user: 'ana', values: { look_up_id: 'dev-1' } });
  await shown(s, 'modal', 'Cellar meter');
  await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed' });
  await s.told({ kind: 'post', in: 'iot-ops', says: ['op-1'] });
}

/** Everything that goes wrong between the bot and the two others. */
async function stumble(s: Story): Promise<void> {
  // Three lines: over a socket, the same one comes before the bot knows that its answer has arrived.
  s.platform.forgetTokens();
  await s.people.ask('ana', 'failed');
  s.platform.faults.add({ kind: 'status', status: 403, code: '100217' }, { call: 'listTasks' });
  await s.people.ask('ana', 'stopped');
  s.platform.faults.add({ kind: 'reset' }, { call: 'listTasks' });
  await s.people.ask('ana', 'running');
  s.platform.faults.add({ kind: 'html', status: 500 }, { call: 'listTasks' });
  s.log.expect(/cycle failed/);
  await s.poll();
  s.workspace.fault({ method: 'views.open', kind: 'error', error: 'internal_error' });
  s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
  await moves(s, 'op-2', 'failed');
  await s.told({ kind: 'post', in: 'iot-ops', says: ['op-2', '*failed*'] });
  await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
  s.log.expect(/"not answered"/);
  await s.log.until(({ msg }) => msg === 'not answered', 'that the modal could not be opened');
}

/** What else is said on the way is other stories' matter. */
async function hearTheRest(s: Story): Promise<void> {
  await s.stop();
  while (s.claims.unclaimed().length > 0) await s.told({});
}

function addFleet(s: Story): void {
  s.fleet.addDevice({ deviceId: 'dev-1', name: 'Cellar meter' });
  s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
  s.fleet.addTask({ operationId: 'op-2', status: 'processing' });
}

describe('no secret stands in the log, at debug level', () => {
  story('of a day over HTTP with everything people do and everything that goes wrong', async (s) => {
    addFleet(s);
    await s.start(alertsTo(s));
    await s.told({ says: ['I watch'] });
    await askAround(s);
    await subscribe(s, 'firmware on:all');
    await stumble(s);
    await hearTheRest(s);
    const secrets = secretsOf(s);
    expect(secrets.size).toBeGreaterThan(20);
    expect(s.log.lines.length).toBeGreaterThan(50);
    expect(secretsIn(s.log.raw, secrets)).toEqual([]);
  });

  story('of a day over a socket that is taken away and refused', async (s) => {
    addFleet(s);
    const socket = { SLACK_APP_TOKEN: s.workspace.appToken, SLACK_SIGNING_SECRET: '' };
    await s.start({ ...alertsTo(s), ...socket });
    await s.told({ says: ['I watch'] });
    await s.workspace.until((seen) => seen.socketCount > 0, { what: 'a socket' });
    await askAround(s);
    const failing = { method: 'apps.connections.open', kind: 'error', error: 'invalid_auth' } as const;
    s.workspace.fault(failing);
    s.log.expect(/Failed to retrieve a new WSS URL/);
    s.log.expect(/Slack refuses it/);
    s.workspace.disconnectSockets('refresh_requested');
    await s.log.until(({ code }) => code === 'slack-token-refused', 'that the app token is refused');
    s.clock.advance(300_000);
    await s.workspace.until((seen) => seen.socketCount === 1, { what: 'a socket again' });
    await stumble(s);
    await hearTheRest(s);
    expect(secretsIn(s.log.raw, secretsOf(s))).toEqual([]);
  });
});

describe('the search for secrets finds them', () => {
  const hidden = {
    token: 'xoxb-1-leak',
    response_url: 'http://127.0.0.1/response/0b5b6f6e-6f0a-4f3e-9a53-1e3d6f3c2b1a',
    headers: { authorization: 'Bearer at-leak' },
    deep: { er: { trigger_id: '1.1700000000000.0123456789abcdef0123456789abcdef' } },
    secret: 'a secret of no shape',
  };
  const secrets = new Map([['a secret of no shape', 'the secret']]);
  const found = (write: (stream: { write: (line: string) => void }) => void): readonly string[] => {
    let raw = '';
    write({
      write: (line) => {
        raw += line;
      },
    });
    return secretsIn(raw, secrets);
  };

  test('in a log that hides nothing, and not in ours', () => {
    expect(found((stream) => pino({}, stream).info(hidden, 'leaking'))).toHaveLength(5);
    expect(found((stream) => createLog('debug', stream).info(hidden, 'leaking'))).toEqual([]);
  });

  test('inside of sentences and errors, where no member names them', () => {
    const sentence = `called with Bearer at-1234 and xapp-1-A-2-b, then ${hidden.deep.er.trigger_id}`;
    const tell = (log: Pick<ReturnType<typeof createLog>, 'info'>) =>
      log.info({ err: new Error(sentence) }, sentence);
    expect(found((stream) => tell(pino({}, stream)))).toHaveLength(3);
    expect(found((stream) => tell(createLog('debug', stream)))).toEqual([]);
  });
});
