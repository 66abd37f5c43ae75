import { describe, expect } from '@jest/globals';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

function addTasks(s: Story): void {
  const now = s.clock.now();
  s.fleet.addTask({ operationId: 'op-runs-1', status: 'processing', createTime: now - 60_000 });
  s.fleet.addTask({ operationId: 'op-failed-1', status: 'failed', createTime: now - 7_200_000 });
}

const answered = (s: Story) => s.log.lines.filter(({ msg }) => msg === 'answered').length;

/** Claims what people wrote themselves: a story is about what the bot says. */
const written = (s: Story, who: string) =>
  s.workspace.channel('iot-ops').find(({ user }) => user === s.workspace.person(who).id);

describe('a mention', () => {
  story('takes the same words and is answered in the channel', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed' });
    const list = await s.told({ kind: 'post', in: 'iot-ops', to: 'everyone', thread: null });
    expect(list.text).toContain('`failed` · 1–1 of 1 task · live');
    expect(list.text).toContain('op-failed-1');
    const page = await s.people.press('wei', list, { label: 'Refresh' });
    expect(page.text).toContain('op-failed-1');
  });

  story(
    'is understood with what people put between it and the words, and pasted with its formatting',
    async (s) => {
      addTasks(s);
      await s.start();
      for (const text of [': failed', ', `failed`.', '*failed*', '`/upgrades failed`']) {
        await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text });
        await s.told({ kind: 'post', in: 'iot-ops', says: ['`failed` · 1–1 of 1 task', 'op-failed-1'] });
      }
      for (const text of [
        '(`op-runs-1`).',
        '“op-runs-1”',
        '<https://iot.example/op-runs-1|op-runs-1>\u200b',
      ]) {
        await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text });
        await s.told({ kind: 'post', in: 'iot-ops', says: ['op-runs-1', 'Policy'] });
      }
    },
  );

  story(
    'with a long dash before a word asks for the others, and no answer suggests the opposite',
    async (s) => {
      addTasks(s);
      await s.start();
      await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: '–failed' });
      const others = await s.told({
        kind: 'post',
        in: 'iot-ops',
        says: ['`-failed` · 1–1 of 1 task', 'op-runs-1'],
      });
      expect(others.text).not.toContain('op-failed-1');
      await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: '!failed' });
      await s.told({ kind: 'ephemeral', to: 'ana', says: ['Did you mean `-failed`?'] });
    },
  );

  story('whose answer Slack finds too long is answered as text, as a notification would be', async (s) => {
    addTasks(s);
    await s.start();
    s.workspace.fault({ method: 'chat.postMessage', kind: 'error', error: 'msg_too_long' });
    await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed' });
    const { post } = await s.told({ kind: 'post', in: 'iot-ops', to: 'everyone', says: ['op-failed-1'] });
    expect(post.blocks).toEqual([]);
    await s.log.until(({ outcome }) => outcome === 'answered', 'that it was answered');
  });

  story('in a thread is answered there', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'help' });
    const root = written(s, 'ana')?.ts ?? '';
    await s.told({ kind: 'ephemeral', in: 'iot-ops', to: 'ana', thread: null, says: ['Ask about'] });
    await s.workspace.mention({ user: 'wei', channel: 'iot-ops', text: 'running', threadTs: root });
    await s.told({ kind: 'post', in: 'iot-ops', to: 'everyone', thread: root, says: ['op-runs-1'] });
    await s.workspace.mention({ user: 'wei', channel: 'iot-ops', text: 'faild', threadTs: root });
    await s.told({
      kind: 'ephemeral',
      in: 'iot-ops',
      to: 'wei',
      thread: root,
      says: ['Did you mean `failed`?'],
    });
  });

  story('private answers and mistakes are only seen by the asker', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'failed private' });
    const mine = await s.told({ kind: 'ephemeral', to: 'ana', says: ['op-failed-1', '[Share]'] });
    const shared = await s.people.press('ana', mine, { label: 'Share' });
    expect(shared.to).toBe('everyone');
  });

  story('with characters Slack escapes is understood', async (s) => {
    addTasks(s);
    await s.start();
    await s.workspace.mention({ user: 'ana', channel: 'iot-ops', text: 'fail&gt;=0' });
    await s.told({ kind: 'post', in: 'iot-ops', says: ['`fail>=0`'] });
  });

  story('delivered again is answered once, also after a restart', async (s) => {
    addTasks(s);
    await s.start();
    const act = { user: 'ana', channel: 'iot-ops', text: 'failed', eventId: 'Ev0REPEATED' };
    await s.workspace.mention(act);
    await s.told({ kind: 'post', in: 'iot-ops', says: ['op-failed-1'] });
    await s.workspace.mention({ ...act, retryNum: 1 });
    await s.log.until(({ reason }) => reason === 'repeated', 'that the event came again');
    await s.restart();
    await s.workspace.mention({ ...act, retryNum: 2 });
    await s.log.until(({ reason }) => reason === 'repeated-event', 'that the event came again');
  });

  story('by a bot is not answered', async (s) => {
    addTasks(s);
    await s.start();
    const channel = s.workspace.channelInfo('iot-ops').id;
    const base = { channel, ts: '1.1', event_ts: '1.1', text: `<@${s.workspace.botUserId}> failed` };
    await s.workspace.sendEvent({ ...base, type: 'app_mention', user: 'U0OTHERBOT', bot_id: 'B0OTHER' });
    await s.workspace.sendEvent({ ...base, type: 'message', channel_type: 'im', bot_id: s.workspace.botId });
    await s.workspace.sendEvent({ ...base, type: 'message', channel_type: 'im', subtype: 'message_changed' });
    const before = answered(s);
    await s.people.ask('ana', 'failed');
    await s.log.until(() => answered(s) > before, 'that the command was answered');
    expect(answered(s)).toBe(before + 1);
  });

  story('by an outsider is refused, privately', async (s) => {
    addTasks(s);
    await s.start();
    const calls = s.platform.calls.length;
    await s.workspace.mention({ user: 'olga', channel: 'shared-vendor', text: 'failed' });
    await s.told({ kind: 'ephemeral', in: 'shared-vendor', to: 'olga', says: ['Only members'] });
    await s.log.until(({ reason }) => reason === 'outsider', 'that an outsider was refused');
    expect(s.platform.calls).toHaveLength(calls);
  });
});

describe('a direct message', () => {
  story('takes the same words; everything is an ordinary message there', async (s) => {
    addTasks(s);
    await s.start();
    const { id } = await s.workspace.directChannel('ana');
    await s.workspace.directMessage({ user: 'ana', text: 'failed' });
    await s.told({ kind: 'post', says: ['`failed` · 1–1 of 1 task', 'op-failed-1'] });
    await s.workspace.directMessage({ user: 'ana', text: 'help' });
    const help = await s.told({ kind: 'post', says: ['Ask about upgrade tasks'] });
    expect(help.post.channel).toBe(id);
    await s.workspace.directMessage({ user: 'ana', text: 'op-runs-1' });
    await s.told({ kind: 'post', says: ['op-runs-1', 'Policy'] });
  });

  story(
    'with a file is answered by its words; of a file alone the bot says that it does not read it',
    async (s) => {
      addTasks(s);
      await s.start();
      const files = [{ id: 'F0FILE', name: 'screen 1.png' }];
      await s.workspace.directMessage({ user: 'ana', text: 'failed', files });
      await s.told({ kind: 'post', says: ['op-failed-1'] });
      await s.workspace.directMessage({ user: 'ana', text: '', files });
      await s.told({ kind: 'post', says: ['`screen 1.png` is a file'] });
    },
  );

  story('that comes again is answered once', async (s) => {
    addTasks(s);
    await s.start();
    const act = { user: 'ana', text: 'failed', eventId: 'Ev0DIRECT' };
    await Promise.all([s.workspace.directMessage(act), s.workspace.directMessage({ ...act, retryNum: 1 })]);
    await s.told({ kind: 'post', says: ['op-failed-1'] });
    await s.log.until(({ reason }) => reason === 'repeated', 'that the event came again');
  });
});
