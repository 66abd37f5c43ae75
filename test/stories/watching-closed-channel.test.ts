import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import { story } from './harness/story.ts';

describe('the channel of the alerts was archived', () => {
  story('what it would have heard is told once it is open again', async (s) => {
    s.workspace.changeChannel('iot-ops', { archived: true });
    await s.start(alertsTo(s));
    s.log.expect(/Slack refuses the channel/);
    await s.workspace.until((seen) => seen.apiCalls.some(({ error }) => error === 'is_archived'), {
      what: 'the refusal of the first message',
    });
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.poll();
    const { text } = await s.people.ask('ana', 'health', 'iot-alerts');
    expect(text).toContain('Notices do not arrive.');

    s.workspace.changeChannel('iot-ops', { archived: false });
    s.clock.advance(11 * 60_000);
    await s.poll();
    await s.told({ kind: 'post', in: 'iot-ops', says: ['I watch 0 upgrade tasks'] });
    await s.told({ kind: 'post', in: 'iot-ops', says: ['op-1', '*failed*'] });
  });
});
