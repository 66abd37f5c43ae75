import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { openBoard } from '../crash/board.ts';
import { type BotProcess, portOf } from './harness/bot-process.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const PRELOAD = new URL('harness/settable-clock.ts', import.meta.url).href;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Resolves once the bot says that it is ready. */
async function ready(bot: BotProcess): Promise<void> {
  const url = `http://127.0.0.1:${await portOf(bot)}/readyz`;
  const after = bot.log.lines.length;
  for (;;) {
    const answer = await fetch(url);
    if (answer.ok) return;
    expect(await answer.json()).toMatchObject({ reasons: [expect.stringMatching(/^poll: /)] });
    await bot.log.until((line) => line.msg === 'cycle' && bot.log.lines.indexOf(line) >= after, 'a look');
  }
}

describe('the clock of the machine is set', () => {
  story(
    'back by a day and forward by a month: the bot goes on watching, tells what happens and nothing else',
    async (s: Story) => {
      const path = join(s.folder, 'clock');
      const board = openBoard(path, 'w+');
      for (const id of ['op-1', 'op-2', 'op-3'])
        s.fleet.addTask({ operationId: id, status: 'processing', tally: { total: 4 } });
      const bot = await s.runAndConnect({
        ...{ ...alertsTo(s), POLL_SCHEDULE: '* * * * * *', IOT_CALLS_PER_MINUTE: '10000' },
        ...{ NODE_OPTIONS: `--import=${PRELOAD}`, CLOCK_BOARD: path },
      });
      await s.told({ kind: 'post', thread: null, says: ['I watch 3 upgrade tasks'] });
      await bot.log.until(({ msg }) => msg === 'sweep ended', 'that the sweep ended');

      board.offset.add(-DAY);
      await bot.log.until(({ msg }) => msg.includes('was set back'), 'that the clock was set back');
      s.fleet.setStatus('op-1', 'failed');
      await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      await ready(bot);

      board.offset.add(31 * DAY);
      await bot.log.until(({ msg }) => msg.includes('was set forward'), 'that the clock was set forward');
      s.fleet.setStatus('op-2', 'failed');
      await s.told({ kind: 'post', thread: null, says: ['op-2', '*failed*'] });
      await ready(bot);
      board.close();
    },
    { time: 'real', behaviour: { callsPerMinute: null } },
  );
});
