import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';
import { subscribe } from './harness/subscribing.ts';

const MINUTE = 60_000;

async function watchOne(s: Story): Promise<void> {
  s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 20 } });
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', says: ['I watch 1 upgrade task'] });
}

/** The platform is down for some looks in a row, a minute apart. */
async function lookInVain(s: Story, times: number): Promise<void> {
  s.log.expect(/cycle failed/);
  for (let look = 0; look < times; look += 1) {
    s.clock.advance(MINUTE);
    expect((await s.poll()).outcome).toBe('failed');
  }
}

describe('the platform cannot be read for several looks', () => {
  story(
    'a channel is told once that watching is blind, and the same message says when it sees again',
    async (s) => {
      await watchOne(s);
      s.platform.faults.add({ kind: 'status', status: 503 }, { times: 'until-cleared' });
      await lookInVain(s, 2);
      await s.silence();
      expect(s.claims.unclaimed()).toHaveLength(0);
      await lookInVain(s, 3);
      const blind = await s.told({
        kind: 'post',
        in: 'iot-ops',
        thread: null,
        says: ['I cannot see the platform'],
      });

      s.platform.faults.clear();
      s.fleet.setStatus('op-1', 'failed');
      expect((await s.poll()).outcome).toBe('good');
      await s.edited(blind, ['I see the platform again after']);
      await s.told({ kind: 'post', in: 'iot-ops', thread: null, says: ['*failed*', 'op-1'] });
    },
  );

  story('a channel that is subscribed meanwhile reads of it at once', async (s) => {
    await watchOne(s);
    s.platform.faults.add({ kind: 'status', status: 503 }, { times: 'until-cleared' });
    await lookInVain(s, 3);
    await s.told({ kind: 'post', in: 'iot-ops', says: ['I cannot see the platform'] });
    await subscribe(s, 'failed', 'iot-private');
    const blind = await s.told({
      kind: 'post',
      in: 'iot-private',
      thread: null,
      says: ['I cannot see the platform', '503'],
    });
    await lookInVain(s, 1);
    s.platform.faults.clear();
    expect((await s.poll()).outcome).toBe('good');
    await s.edited(blind, ['I see the platform again after']);
    await s.told({ kind: 'update', in: 'iot-ops', says: ['I see the platform again after'] });
  });

  story('one failed look, or two, are nobody’s business', async (s) => {
    await watchOne(s);
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    await lookInVain(s, 2);
    s.platform.faults.clear();
    expect((await s.poll()).outcome).toBe('good');
    // The count begins anew.
    s.platform.faults.add({ kind: 'reset' }, { times: 'until-cleared' });
    await lookInVain(s, 2);
  });

  story('a restart in between neither repeats the message nor forgets to end it', async (s) => {
    await watchOne(s);
    s.platform.faults.add({ kind: 'status', status: 503 }, { times: 'until-cleared' });
    await lookInVain(s, 3);
    const blind = await s.told({ kind: 'post', in: 'iot-ops', says: ['I cannot see the platform'] });
    await s.stop();
    await s.startAnyhow(alertsTo(s));
    await lookInVain(s, 3);
    s.platform.faults.clear();
    expect((await s.poll()).outcome).toBe('good');
    await s.edited(blind, ['I see the platform again after']);
  });
});
