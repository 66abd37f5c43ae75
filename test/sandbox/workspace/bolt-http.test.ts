import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type bolt from '@slack/bolt';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { button, row, said } from './kit.ts';
import { startHttpBot, type TestBot } from './test-bot.ts';

let workspace: Workspace;
let bot: TestBot | undefined;
let ops: string;

beforeEach(async () => {
  workspace = await startWorkspace({ postRate: 'off', ackTimeoutMs: 1000 });
  ops = workspace.channelInfo('iot-ops').id;
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await workspace.close();
});

describe('a slash command', () => {
  test('is acknowledged, and answered through its response_url to the channel', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', async ({ ack, command, respond }) => {
        await ack();
        await respond({
          response_type: 'in_channel',
          text: `asked: ${command.text} by ${command.user_name}`,
        });
      });
    });
    const answer = await workspace.command({ user: 'ana', channel: '#iot-ops', text: 'failed' });
    expect(answer).toMatchObject({ status: 200, body: '', error: null });
    const message = await workspace.until((seen) => seen.channel('iot-ops')[0]);
    expect(message).toMatchObject({ text: 'asked: failed by ana', user: workspace.botUserId });
    expect(workspace.posts.map((one) => one.kind)).toEqual(['response']);
  });

  test('may be answered by the acknowledgement itself, for the asker only', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', ({ ack }) => ack('Try /upgrades failed'));
    });
    await workspace.command({ user: 'wei', channel: 'iot-ops', text: 'help' });
    expect(workspace.ephemerals('wei')).toMatchObject([{ text: 'Try /upgrades failed', via: 'ack' }]);
    expect(workspace.channel('iot-ops')).toEqual([]);
  });

  test('with a wrong or an old signature is refused by the bot', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', ({ ack }) => ack('never'));
    });
    for (const signature of ['wrong', 'stale'] as const) {
      expect((await workspace.command({ user: 'ana', channel: 'iot-ops', signature })).status).toBe(401);
    }
    expect(workspace.ephemerals()).toEqual([]);
  });

  test('that is not acknowledged in time fails for the person', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', async () => {});
    });
    const answer = await workspace.command({ user: 'ana', channel: 'iot-ops' });
    expect(answer).toMatchObject({ status: 0, error: 'operation_timeout' });
  });

  test('that reaches nobody is not delivered', async () => {
    workspace.connectHttp('http://127.0.0.1:1/slack/events');
    const answer = await workspace.command({ user: 'ana', channel: 'iot-ops' });
    expect(answer).toMatchObject({ status: 0, error: 'dispatch_failed' });
  });

  test('can be answered five times and not a sixth', async () => {
    const outcomes: string[] = [];
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', async ({ ack, respond }) => {
        await ack();
        for (let nth = 1; nth <= 6; nth += 1) {
          await respond(`answer ${nth}`).then(
            () => outcomes.push('shown'),
            () => outcomes.push('refused'),
          );
        }
      });
    });
    await workspace.command({ user: 'ana', channel: 'iot-ops' });
    const refused = await workspace.until((seen) => seen.apiCalls.find((one) => one.error === 'used_url'));
    expect(refused).toMatchObject({ method: 'response_url', status: 404 });
    expect(workspace.ephemerals('ana')).toHaveLength(5);
    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill('shown'));
  });
});

describe('a pressed button', () => {
  test('replaces and then deletes the ephemeral message it stands in', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.command('/upgrades', ({ ack }) =>
        ack({ text: 'page 1', blocks: [said('page 1'), row(button('next', 'Next', '2'))] }),
      );
      app.action<bolt.BlockButtonAction>('next', async ({ ack, action, respond }) => {
        await ack();
        const blocks = [said(`page ${action.value}`), row(button('close', 'Close'))];
        await respond({ replace_original: true, text: `page ${action.value}`, blocks });
      });
      app.action('close', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    await workspace.command({ user: 'ana', channel: 'iot-ops' });
    const [shown] = workspace.ephemerals('ana');
    const ephemeralId = shown?.id ?? '';
    expect((await workspace.press({ user: 'ana', ephemeralId, label: 'Next' })).status).toBe(200);
    const replaced = await workspace.until((seen) =>
      seen.ephemerals('ana').find((one) => one.replaced === 1),
    );
    expect(workspace.plainText(replaced)).toBe('page 2\n[Close]');
    await workspace.press({ user: 'ana', ephemeralId, actionId: 'close' });
    await workspace.until((seen) => seen.ephemerals('ana').find((one) => one.deleted));
    expect(workspace.ephemerals('ana')).toHaveLength(1);
  });

  test('of an outsider names the home workspace as team and the other one as the user`s', async () => {
    const teams: unknown[] = [];
    bot = await startHttpBot(workspace, (app) => {
      app.action<bolt.BlockButtonAction>('details', async ({ ack, body, context }) => {
        await ack();
        teams.push([body.team?.id, body.user.team_id, context.teamId, body.message?.ts]);
      });
    });
    const shared = workspace.channelInfo('shared-vendor').id;
    const ts = await post(shared, [row(button('details', 'Details', 'T1'))]);
    await workspace.press({ user: 'olga', channel: shared, messageTs: ts, actionId: 'details' });
    expect(teams).toEqual([[workspace.teamId, workspace.partnerTeamId, workspace.teamId, ts]]);
  });

  test('that does not exist is an error of the test that names those that do', async () => {
    bot = await startHttpBot(workspace, () => {});
    const ts = await post(ops, [row(button('details', 'Details'))]);
    const press = workspace.press({ user: 'ana', channel: ops, messageTs: ts, actionId: 'detials' });
    await expect(press).rejects.toThrow('details "Details"');
  });
});

describe('events and messages', () => {
  test('a mention is answered in its thread', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.event('app_mention', async ({ event, say }) => {
        await say({ text: `you said ${event.text}`, thread_ts: event.ts });
      });
    });
    await workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed' });
    const root = await workspace.until((seen) =>
      seen.channel('iot-ops').find((one) => one.replies.length === 1),
    );
    expect(root.user).toBe(workspace.person('ana').id);
    expect(root.replies[0]?.text).toBe(`you said <@${workspace.botUserId}> failed`);
  });

  test('a repeated event keeps its id and says so', async () => {
    const seen: unknown[] = [];
    bot = await startHttpBot(workspace, (app) => {
      app.event('app_mention', async ({ body, context }) => {
        seen.push([body.event_id, context.retryNum]);
      });
    });
    const act = { user: 'ana', channel: 'iot-ops', text: 'failed', eventId: 'Ev1' };
    await workspace.mention(act);
    await workspace.mention({ ...act, retryNum: 1 });
    expect(seen).toEqual([
      ['Ev1', undefined],
      ['Ev1', 1],
    ]);
  });

  test('a direct message is answered where it was written', async () => {
    bot = await startHttpBot(workspace, (app) => {
      app.message(async ({ say }) => {
        await say('hello');
      });
    });
    await workspace.directMessage({ user: 'wei', text: 'failed' });
    const { id } = await workspace.directChannel('wei');
    await workspace.until((seen) => seen.channel(id).some((one) => one.text === 'hello'));
    expect(workspace.channel(id).map((one) => one.text)).toEqual(['failed', 'hello']);
  });

  test('a message shortcut brings the message along', async () => {
    const texts: unknown[] = [];
    bot = await startHttpBot(workspace, (app) => {
      app.shortcut<bolt.MessageShortcut>('look_up', async ({ ack, shortcut, respond }) => {
        await ack();
        texts.push(shortcut.message.text);
        await respond({ text: 'found nothing', response_type: 'ephemeral' });
      });
    });
    const ts = await post(ops, [said('T1')]);
    await workspace.messageShortcut({ user: 'ana', channel: ops, messageTs: ts, callbackId: 'look_up' });
    await workspace.until((seen) => seen.ephemerals('ana').length === 1);
    expect(texts).toEqual(['text']);
  });
});

async function post(channel: string, blocks: object[]): Promise<string> {
  const { WebClient } = await import('@slack/web-api');
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  // The blocks above are Block Kit objects; only their union is too narrow for a mixed list.
  const answer = await client.chat.postMessage({
    channel,
    text: 'text',
    blocks: blocks as ReturnType<typeof said>[],
  });
  return answer.ts ?? '';
}
