import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

const HOUR = 3_600_000;

describe('people ask for lists', () => {
  story('the failed tasks, live, seen by everyone in the channel', async (s) => {
    s.fleet.addTask({ operationId: 'op-bad', status: 'failed', tally: { success: 66, fail: 3, timeout: 1 } });
    s.fleet.addTask({ operationId: 'op-good', status: 'success' });
    await s.start();
    const answer = await s.people.ask('ana', 'failed');
    expect(answer.to).toBe('everyone');
    expect(answer.text).toContain('op-bad');
    expect(answer.text).toContain('70 of 70 devices done (100 %) · *4 failed* · 1 of them timed out');
    expect(answer.text).not.toContain('op-good');
    expect(answer.text).toMatch(/`failed` · 1–1 of 1 task · live/);
  });

  story('what stalls, begins to fail or is late is shown so wherever tasks are listed', async (s) => {
    const now = s.clock.now();
    const endTime = now + HOUR;
    s.fleet.addTask({ operationId: 'op-stalled', status: 'processing', tally: { total: 50 } });
    s.fleet.addTask({ operationId: 'op-late', status: 'wait', policy: { executeType: 'custom', endTime } });
    await s.start();
    s.clock.advance(7 * HOUR);
    s.fleet.addTask({ operationId: 'op-fails', status: 'processing', tally: { total: 50 } });
    s.fleet.finishDevices('op-fails', { success: 10, fail: 5 });
    s.fleet.addTask({ operationId: 'op-fine', status: 'processing', tally: { total: 50 } });
    await s.poll();
    const lines = async (words: string) => (await s.people.ask('ana', words)).text.split('\n\n').join('\n');
    for (const words of ['', 'active', 'fail>=0 active']) {
      const text = await lines(words);
      expect(text).toContain(':hourglass: *stalled* · Firmware');
      expect(text).toContain(':warning: *begins to fail* · Firmware');
      expect(text).toContain(':large_blue_circle: *running* · Firmware');
      if (words !== '') expect(text).toContain(':alarm_clock: *waiting, overdue* · Firmware');
    }
    expect(await lines('op-stalled')).toContain(':hourglass: *stalled* · Firmware');
    // What is read live refutes what was seen before: it moves again.
    s.fleet.finishDevices('op-stalled', { success: 1 });
    expect(await lines('running')).not.toContain(':hourglass:');
  });

  story('every synonym of a status and a type asks for the same thing', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'wait', type: 'software_upgrade' });
    await s.start();
    const words: readonly (readonly [string, string, string])[] = [
      ['waiting', 'operationStatus', 'wait'],
      ['wait', 'operationStatus', 'wait'],
      ['RUNNING', 'operationStatus', 'processing'],
      ['processing', 'operationStatus', 'processing'],
      ['failed', 'operationStatus', 'failed'],
      ['success', 'operationStatus', 'success'],
      ['succeeded', 'operationStatus', 'success'],
      ['stopped', 'operationStatus', 'stop'],
      ['stop', 'operationStatus', 'stop'],
      ['firmware', 'operationType', 'firmware_upgrade'],
      ['fw', 'operationType', 'firmware_upgrade'],
      ['Software', 'operationType', 'software_upgrade'],
      ['sw', 'operationType', 'software_upgrade'],
      ['status:failed', 'operationStatus', 'failed'],
      ['type:fw', 'operationType', 'firmware_upgrade'],
    ];
    for (const [word, parameter, value] of words) {
      const before = s.platform.calls.length;
      const answer = await s.people.ask('wei', word);
      expect(answer.text).toContain('live');
      const asked = s.platform.calls.slice(before).map(({ query }) => query);
      expect({ word, asked }).toEqual({ word, asked: [{ [parameter]: value, pageNo: '0', pageSize: '10' }] });
    }
  });

  story('all eight parameters of a question reach the platform', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'wait', type: 'software_upgrade' });
    await s.start();
    const before = s.platform.calls.length;
    const line = 'failed sw devicetype:WaterMeter model:"WM 20" vendor:Ex&amp;Co device:dev-1 page:3 size:7';
    const answer = await s.people.ask('sam', line);
    expect(answer.text).toContain('Page 3 is beyond the end');
    expect(answer.text).toContain('device:dev-1');
    expect(s.platform.calls.slice(before).map(({ name, query }) => ({ name, query }))).toEqual([
      {
        name: 'listTasks',
        query: {
          operationType: 'software_upgrade',
          operationStatus: 'failed',
          deviceType: 'WaterMeter',
          model: 'WM 20',
          manufacturerName: 'Ex&Co',
          deviceId: 'dev-1',
          pageNo: '2',
          pageSize: '7',
        },
      },
    ]);
  });

  story('a name is found however it is typed, live and in the mirror', async (s) => {
    const targets = { deviceGroups: ['Nord “A”'], model: 'WM-20', deviceType: 'Wasserzähler' };
    s.fleet.addTask({ operationId: 'op-1', status: 'failed', targets });
    s.fleet.addTask({ operationId: 'op-2', status: 'failed', targets: { ...targets, model: 'WM-30' } });
    await s.start();
    for (const line of ['model:wm-20', 'model:ＷＭ－２０', 'model:WM–20 devicetype:wasserza\u0308hler']) {
      const answer = await s.people.ask('ana', line);
      expect(answer.text).toMatch(/op-1[\s\S]*1–1 of 1 task · live/);
      expect(s.platform.calls.at(-1)?.query).toMatchObject({ model: 'WM-20' });
    }
    for (const line of ['model:wm-20,wm-99', 'model:wm-20 group:"nord \\"a\\""', '-model:"wm-30"']) {
      expect((await s.people.ask('ana', line)).text).toMatch(/op-1[\s\S]*1–1 of 1 task · as of/);
    }
  });

  story('what the platform cannot answer comes from the mirror and says so', async (s) => {
    s.fleet.addTask({ operationId: 'op-few', status: 'processing', tally: { success: 95, fail: 5 } });
    s.fleet.addTask({ operationId: 'op-many', status: 'processing', tally: { success: 90, fail: 10 } });
    await s.start();
    const before = s.platform.calls.length;
    // As Slack sends what was typed as `fail>5%`.
    const answer = await s.people.ask('ana', 'fail&gt;5%');
    expect(answer.text).toContain('op-many');
    expect(answer.text).not.toContain('op-few');
    expect(answer.text).toMatch(/`fail>5%` · 1–1 of 1 task · as of 20\d\d-/);
    expect((await s.people.ask('ana', 'active,failed')).text).toContain('1–2 of 2 tasks');
    expect((await s.people.ask('ana', '-failed since:2d sort:failed')).text).toMatch(/op-many[\s\S]*op-few/);
    expect(s.platform.calls).toHaveLength(before);
  });

  story('`private` is shown to the asker alone', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const answer = await s.people.ask('wei', 'failed private');
    expect(answer.to).toBe('wei');
    expect(answer.text).toContain('op-1');
    const again = await s.people.press('wei', answer, { label: 'Refresh' });
    expect(again.to).toBe('wei');
  });

  story('no task at all, and none that fits', async (s) => {
    await s.start();
    expect((await s.people.ask('ana', 'page:1')).text).toContain('The platform has no upgrade tasks.');
    expect((await s.people.ask('ana', 'stopped')).text).toContain('No upgrade task matches.');
    expect((await s.people.ask('ana', '')).text).toContain('none yet');
  });

  story('the overview: what runs, what failed in the last day, how many of each', async (s) => {
    const now = s.clock.now();
    s.fleet.addTask({ operationId: 'op-run', status: 'processing', tally: { success: 3, processing: 7 } });
    s.fleet.addTask({ operationId: 'op-fresh', status: 'failed', stopTime: now - 3_600_000 });
    s.fleet.addTask({
      operationId: 'op-old',
      status: 'failed',
      createTime: now - 9 * 86_400_000,
      stopTime: now - 8 * 86_400_000,
    });
    await s.start();
    const answer = await s.people.ask('ana', '');
    expect(answer.to).toBe('everyone');
    expect(answer.text).toMatch(/running \*1\*/);
    expect(answer.text).toMatch(/failed \*2\*/);
    expect(answer.text).toContain('op-run');
    expect(answer.text).toContain('op-fresh');
    expect(answer.text).not.toContain('op-old');
    expect(answer.text).toContain('3 of 10 devices done (30 %)');
  });
});
