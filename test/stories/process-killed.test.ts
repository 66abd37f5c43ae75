import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

const EVERY_SECOND = '* * * * * *';
const REAL = { time: 'real', behaviour: { callsPerMinute: null } } as const;

function env(s: Story) {
  return { ...alertsTo(s), POLL_SCHEDULE: EVERY_SECOND, IOT_CALLS_PER_MINUTE: '10000' };
}

async function watchOne(s: Story) {
  s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
  const bot = await s.runAndConnect(env(s));
  await s.told({ kind: 'post', thread: null, says: ['I watch 1 upgrade task'] });
  await bot.log.until(({ msg }) => msg === 'sweep ended', 'that the sweep ended');
  return bot;
}

const withNotification = (s: Story) =>
  s.workspace
    .channel('iot-ops')
    .filter(({ text, blocks }) => s.workspace.plainText({ text, blocks }).includes('op-1'));

describe('the process is killed without a warning', () => {
  story(
    'when Slack had taken a notification and its answer was lost: it stands there once, and its thread goes on',
    async (s) => {
      const first = await watchOne(s);
      s.workspace.fault({ method: 'chat.postMessage', kind: 'lost-answer' });
      s.fleet.setStatus('op-1', 'failed');
      const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      first.kill('SIGKILL');
      expect((await first.ended).signal).toBe('SIGKILL');
      const second = await s.runAndConnect(env(s));
      const looked = await second.log.until(
        ({ msg }) => msg === 'looked for a notification',
        'that it looked',
        20_000,
      );
      expect(looked.found).toBe('found');
      s.fleet.change('op-1', { status: 'processing' });
      await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
      await s.edited(root, ['*running*']);
      expect(withNotification(s)).toHaveLength(1);
    },
    REAL,
  );

  story(
    'while Slack hangs on a notification it never took: it is sent once after the restart',
    async (s) => {
      const first = await watchOne(s);
      const hang = s.workspace.fault({ method: 'chat.postMessage', kind: 'hang' });
      s.fleet.setStatus('op-1', 'failed');
      await s.workspace.until(() => hang.remaining === 0);
      first.kill('SIGKILL');
      await first.ended;
      s.workspace.clearFaults();
      await s.runAndConnect(env(s));
      await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] }, 20_000);
      expect(withNotification(s)).toHaveLength(1);
    },
    REAL,
  );

  story(
    'between a change and the next look: it is told by the next process',
    async (s) => {
      const first = await watchOne(s);
      first.kill('SIGKILL');
      await first.ended;
      s.fleet.setStatus('op-1', 'failed');
      await s.runAndConnect(env(s));
      await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      expect(withNotification(s)).toHaveLength(1);
    },
    REAL,
  );
});
