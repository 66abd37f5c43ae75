import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

describe('the platform throttles the application', () => {
  story('no call is made until the minute is over, and the mirror answers meanwhile', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    s.fleet.addDevice({ deviceId: 'dev-1' });
    await s.start();
    s.clock.halt();
    s.platform.spendBudgetElsewhere(100);
    const before = s.platform.calls.length;
    const { text, to } = await s.people.ask('ana', 'failed');
    expect(to).toBe('everyone');
    expect(text).toContain('refuses further calls of this application for the rest of the minute (1010009)');
    expect(text).toContain('Wait for the next minute');
    expect(text).toContain('op-1');
    expect(text).toMatch(/as of 20\d\d-/);
    expect(s.platform.calls.slice(before).map(({ errorCode }) => errorCode)).toEqual(['1010009']);

    expect((await s.people.ask('wei', 'failed')).text).toMatch(/as of 20\d\d-/);
    expect((await s.people.ask('wei', 'op-1')).text).toMatch(/as of 20\d\d-/);
    const device = await s.people.ask('wei', 'dev-1');
    expect(device.to).toBe('wei');
    expect(device.text).toContain('1010009');
    expect((await s.people.ask('sam', 'health')).text).toContain('throttled until');
    s.log.expect(/cycle failed/);
    expect((await s.poll()).outcome).toBe('failed');
    s.clock.advance(59_000);
    expect((await s.people.ask('wei', 'failed')).text).toMatch(/as of 20\d\d-/);
    expect(s.platform.calls).toHaveLength(before + 1);

    s.clock.advance(2_000);
    expect((await s.people.ask('wei', 'failed')).text).toContain('live');
    expect(s.platform.calls).toHaveLength(before + 2);
  });

  story(
    'our own budget is used up: the mirror answers and the platform is never asked too often',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      s.clock.halt();
      s.clock.advance(61_000);
      const before = s.platform.calls.length;
      const askedBy = async (person: string) => {
        const texts: string[] = [];
        for (let n = 0; n < 12; n += 1) texts.push((await s.people.ask(person, 'failed')).text);
        expect(texts[0]).toMatch(/· live/);
        expect(texts.at(-1)).toMatch(/as of 20\d\d-/);
        return texts.at(-1);
      };
      const hers = 'all calls that one person may make in this minute are used (20 a minute)';
      const theirs = 'the calls that are left this minute are kept for watching the tasks (20 a minute)';
      expect(await askedBy('ana')).toContain(hers);
      expect(await askedBy('wei')).toContain(theirs);
      // Five are left for a look, and one for what it finds.
      expect(s.platform.calls.length - before).toBe(14);
      expect((await s.poll()).outcome).toBe('good');
      expect(s.platform.calls.length - before).toBe(19);
      expect(s.platform.calls.map(({ errorCode }) => errorCode)).not.toContain('1010009');
    },
    { env: { IOT_CALLS_PER_MINUTE: '20' }, behaviour: { callsPerMinute: 20 } },
  );
});
