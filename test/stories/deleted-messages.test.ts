import { describe, expect } from '@jest/globals';
import type { Seen } from './harness/claims.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

/** A channel that is to be called for failures, with the message of a task that begins to fail; then it is deleted. */
async function deleteItsMessage(s: Story): Promise<Seen> {
  const policy = { retryType: true, retryTimes: 2 };
  s.fleet.addTask({ operationId: 'op-1', status: 'processing', policy, tally: { total: 100 } });
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', says: ['I watch 1 upgrade task'] });
  await s.people.ask('ana', 'subscribe mention:@here');
  await s.told({ kind: 'post', says: [':bell:'] });
  s.fleet.finishDevices('op-1', { success: 9, fail: 2 });
  await s.poll();
  const root = await s.told({ kind: 'post', thread: null, says: ['@here', 'op-1'] });
  await s.silence();
  await s.workspace.deleteMessage('iot-ops', root.post.ts);
  return root;
}

/** What the channel shows of the task, with the replies under it. */
function shown(s: Story) {
  return s.workspace
    .channel('iot-ops')
    .filter(({ text }) => text.includes('op-1'))
    .map((message) => ({ text: s.workspace.plainText(message), replies: message.replies.length }));
}

describe('somebody deletes the message of a task', () => {
  story('and it fails: the reply that Slack put into the channel becomes its message', async (s) => {
    await deleteItsMessage(s);
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    const root = await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: ['@here', '*failed*'] });
    await s.edited(root, ['*failed*', '100 of 100 devices done', 'Details']);
    s.fleet.retryTask('op-1');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
    expect(shown(s)).toEqual([{ text: expect.stringMatching(/\*running\*/), replies: 1 }]);
  });

  story('and the answer to its next one is lost: it stands there once', async (s) => {
    await deleteItsMessage(s);
    s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    const root = await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: ['@here', '*failed*'] });
    await s.edited(root, ['100 of 100 devices done', 'Details']);
    await s.silence();
    expect(shown(s)).toEqual([{ text: expect.not.stringMatching(/repeated/), replies: 0 }]);
  });

  story('and it only goes on: it has a message again, which calls nobody', async (s) => {
    await deleteItsMessage(s);
    s.fleet.finishDevices('op-1', { success: 30 });
    await s.poll();
    const root = await s.told({
      kind: 'post',
      in: 'iot-ops',
      thread: null,
      says: ['41 of 100 devices done'],
    });
    expect(root.text).not.toContain('@here');
    s.fleet.setStatus('op-1', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, broadcast: true, says: ['@here', '*failed*'] });
    await s.edited(root, ['*failed*']);
  });
});
