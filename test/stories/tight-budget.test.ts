import { describe, expect } from '@jest/globals';
import { alertsTo } from './harness/environment.ts';
import type { Environment } from './harness/running-bot.ts';
import { type Story, story } from './harness/story.ts';

const SECOND = 1_000;
const DAY = 86_400_000;

/** A look every ten seconds, on a day half a year away: in a story it is the story that looks. */
function everyTenSeconds(now = Date.now()): string {
  const far = new Date(now + 180 * DAY);
  return `*/10 * * ${far.getDate()} ${far.getMonth() + 1} *`;
}

const tight = (s: Story, callsPerMinute: number): Environment => ({
  ...alertsTo(s),
  POLL_SCHEDULE: everyTenSeconds(),
  IOT_CALLS_PER_MINUTE: String(callsPerMinute),
});

function addRunning(s: Story, count: number): void {
  for (let task = 0; task < count; task += 1) {
    const tally = { total: 20, processing: 20 };
    s.fleet.addTask({ operationId: `op-${task}`, status: 'processing', tally, reasons: ['Invalid URI'] });
  }
}

/** One look of the schedule, which has to find the calls it needs: the clock stands still meanwhile. */
async function look(s: Story): Promise<void> {
  expect((await s.poll()).outcome).toBe('good');
}

describe('a budget that is tight', () => {
  story(
    'two questions a second without end: every look is whole and on time, and people are answered',
    async (s) => {
      addRunning(s, 250);
      await s.start(tight(s, 60));
      await s.told({ says: ['I watch 250'] });
      s.clock.halt();
      s.clock.advance(61 * SECOND);
      const answers: string[] = [];
      for (let second = 0; second < 75; second += 1) {
        if (second === 60) s.fleet.finishDevices('op-7', { success: 14, fail: 6 });
        if (second % 10 === 0) await look(s);
        if (second === 60) {
          // A message waits for its reasons for less than a second.
          s.clock.advance(SECOND);
          const card = await s.told({ thread: null, says: ['op-7', '*failed*', '6 × Invalid URI'] });
          expect(card.text).toContain('Failed devices: ');
        }
        for (const person of second % 3 === 0 ? ['ana', 'wei'] : ['ana', 'ana']) {
          answers.push((await s.people.ask(person, 'running size:1')).text);
          s.clock.advance(SECOND / 2);
        }
      }
      expect(answers).toHaveLength(150);
      const fromMirror = answers.filter((text) => /as of 20\d\d-/.test(text));
      const live = answers.filter((text) => /· live/.test(text));
      expect(live.length + fromMirror.length).toBe(150);
      expect(live.length).toBeGreaterThan(8);
      for (const text of fromMirror) {
        expect(text).toMatch(
          /The platform was not asked: (the calls that are left this minute are kept for watching the tasks|all calls that one person may make in this minute are used) \(60 a minute\)/,
        );
        expect(text).toMatch(/of 2(49|50) tasks/);
      }
      expect(s.platform.calls.map(({ errorCode }) => errorCode)).not.toContain('1010009');
      expect((await s.page('/metrics')).body).toMatch(
        /^upgrades_platform_calls_put_off_total\{priority="interactive",reason="kept-for-watching"\} [1-9]/m,
      );
    },
    { behaviour: { callsPerMinute: 60 } },
  );

  story('a look every ten seconds: failures are told with reasons and devices, for ever', async (s) => {
    addRunning(s, 10);
    await s.start(tight(s, 100));
    await s.told({ says: ['I watch 10'] });
    await s.silence();
    s.clock.halt();
    for (let tick = 0; tick < 20; tick += 1) {
      if (tick % 2 === 0) s.fleet.finishDevices(`op-${tick / 2}`, { success: 17, fail: 3 });
      await look(s);
      s.clock.advance(SECOND);
      if (tick % 2 === 0) {
        const card = await s.told({ thread: null, says: [`op-${tick / 2}`, '*failed*'] });
        expect(card.text).toContain('3 × Invalid URI');
        expect(card.text).toContain('Failed devices: ');
      }
      s.clock.advance(9 * SECOND);
    }
    expect(s.platform.calls.map(({ errorCode }) => errorCode)).not.toContain('1010009');
  });

  story('one person who asks for everything leaves something to the others', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start({ IOT_CALLS_PER_MINUTE: '100' });
    s.clock.halt();
    s.clock.advance(61 * SECOND);
    const texts: string[] = [];
    while (!texts.at(-1)?.includes('as of')) texts.push((await s.people.ask('ana', 'failed')).text);
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.at(-1)).toContain(
      'all calls that one person may make in this minute are used (100 a minute)',
    );
    expect(texts.at(-1)).toContain('op-1');
    for (let n = 0; n < 20; n += 1) expect((await s.people.ask('wei', 'failed')).text).toMatch(/· live/);
  });
});

describe('settings under which something is never read', () => {
  story(
    'are named at start, in health, and no longer when they have changed',
    async (s) => {
      addRunning(s, 2_000);
      const warnings = () => s.log.lines.flatMap(({ level, code }) => (level === 'warn' ? [code] : []));
      await s.startAnyhow(tight(s, 100));
      await s.told({ says: ['I watch'] }, 30_000);
      const tooDense = await s.log.until(({ code }) => code === 'schedule-too-dense', 'what cannot be');
      expect(tooDense.msg).toBe(
        'POLL_SCHEDULE asks for 6 looks a minute at 25 platform calls each, and polling can have 85 of 100 a minute: the bot looks only every 18 s.',
      );
      expect(tooDense.advice).toContain('Set POLL_SCHEDULE to every 18 s or longer');
      expect(warnings()).toEqual(['schedule-too-dense', 'sweeps-never']);
      const { text } = await s.people.ask('ana', 'health');
      expect(text).toContain(tooDense.msg);
      expect(text).toContain('none are left for sweeps');
      expect(text).toContain('set IOT_CALLS_PER_MINUTE to 190 or more');
      await s.stop();

      await s.start({ ...tight(s, 100), POLL_SCHEDULE: '0 0 1 1 *' });
      expect(warnings()).toEqual([]);
      expect((await s.people.ask('ana', 'health')).text).not.toContain('POLL_SCHEDULE');
    },
    { behaviour: { callsPerMinute: null } },
  );
});
