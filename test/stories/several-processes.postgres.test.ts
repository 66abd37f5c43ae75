import { describe, expect } from '@jest/globals';
import { type BotProcess, portOf } from './harness/bot-process.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const EVERY_SECOND = '* * * * * *';
// A look every second is more than the platform allows, for as long as a busy machine may take.
const REAL = { time: 'real', behaviour: { callsPerMinute: null } } as const;
const TAKES_OVER = 'this process watches from now on';

const env = (s: Story) => ({ ...alertsTo(s), POLL_SCHEDULE: EVERY_SECOND, IOT_CALLS_PER_MINUTE: '10000' });
const cycles = (bot: BotProcess) => bot.log.lines.filter(({ msg }) => msg === 'cycle').length;
const addressOf = async (bot: BotProcess) => `http://127.0.0.1:${await portOf(bot)}`;

/** Two workers, of which the first watches. */
async function twoWorkers(s: Story): Promise<readonly [watching: BotProcess, standingBy: BotProcess]> {
  const first = s.run(env(s), ['worker']);
  await s.told({ kind: 'post', thread: null, says: ['I watch'] });
  const second = s.run(env(s), ['worker']);
  await portOf(second);
  return [first, second];
}

/** Waits until what was posted is known in the store. */
async function recorded(bot: BotProcess): Promise<void> {
  const address = await addressOf(bot);
  const none = async () =>
    (await (await fetch(`${address}/metrics`)).text()).includes('upgrades_notices_waiting 0');
  while (!(await none())) await bot.log.until(() => true, 'a moment');
}

/** Who was found to watch of the two, as another look of it ends. */
async function anotherLook(bot: BotProcess): Promise<void> {
  const before = cycles(bot);
  await bot.log.until(() => cycles(bot) > before + 1, 'another look', 20_000);
}

describe('several processes on one database', () => {
  story(
    'one watches, all tell, every web answers, with one login for all',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
      const [watching, standingBy] = await twoWorkers(s);
      const webs = [s.run(env(s), ['web']), s.run(env(s), ['web'])];
      for (const web of webs) {
        s.workspace.connectHttp(`${await addressOf(web)}/slack/events`);
        const { text } = await s.people.ask('ana', 'running');
        expect(text).toContain('op-1');
        expect((await fetch(`${await addressOf(web)}/readyz`)).status).toBe(200);
      }
      await anotherLook(watching);
      expect(cycles(standingBy)).toBe(0);
      expect((await fetch(`${await addressOf(standingBy)}/readyz`)).status).toBe(200);
      s.fleet.setStatus('op-1', 'failed');
      await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      expect(s.platform.callsOf('login')).toHaveLength(1);
    },
    REAL,
  );

  story(
    'the one that watches is killed: the other goes on in the same thread',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
      const [watching, standingBy] = await twoWorkers(s);
      s.fleet.setStatus('op-1', 'failed');
      const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      watching.kill('SIGKILL');
      await watching.ended;
      s.fleet.change('op-1', { status: 'processing' });
      await standingBy.log.until(({ msg }) => msg === TAKES_OVER, 'that it takes over', 30_000);
      await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] }, 30_000);
      await s.edited(root, ['*running*']);
      expect(s.platform.callsOf('login')).toHaveLength(1);
    },
    REAL,
  );

  story(
    'the one that watches is stopped: the other goes on at once',
    async (s) => {
      const [watching, standingBy] = await twoWorkers(s);
      watching.kill('SIGTERM');
      expect((await watching.ended).code).toBe(0);
      await anotherLook(standingBy);
      expect(standingBy.log.lines.some(({ msg }) => msg === TAKES_OVER)).toBe(true);
    },
    REAL,
  );

  story(
    'what a person does at a web, a worker tells',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
      const [watching] = await twoWorkers(s);
      const web = s.run(env(s), ['web']);
      s.workspace.connectHttp(`${await addressOf(web)}/slack/events`);
      s.fleet.setStatus('op-1', 'failed');
      const root = await s.told({ kind: 'post', thread: null, says: ['op-1', '*failed*'] });
      await recorded(watching);
      await s.people.pressOnly('ana', root, { label: 'Acknowledge' });
      await s.edited(root, ['looks after']);
    },
    REAL,
  );

  story(
    'a press that reaches two webs is one press',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const webs = [s.run(env(s), ['web']), s.run(env(s), ['web'])];
      const addresses = await Promise.all(webs.map(addressOf));
      s.workspace.connectHttp(...addresses.map((address) => `${address}/slack/events`));
      const mine = await s.people.ask('ana', 'failed private');
      const press = () => s.people.pressOnly('ana', mine, { label: 'Share' });
      expect((await Promise.all([press(), press()])).map(({ status }) => status)).toEqual([200, 200]);
      await s.told({ kind: 'response', to: 'everyone', says: ['op-1'] });
      const second = ({ log }: BotProcess) =>
        log.until(({ reason }) => reason === 'repeated', 'a second press');
      await Promise.any(webs.map(second));
      expect(s.claims.unclaimed()).toEqual([]);
    },
    REAL,
  );

  story(
    'the budget of calls is one for all',
    async (s) => {
      const few = { ...env(s), POLL_SCHEDULE: '0 0 1 1 *', IOT_CALLS_PER_MINUTE: '8' };
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const webs = [s.run(few, ['web']), s.run(few, ['web'])];
      const addresses = await Promise.all(webs.map(addressOf));
      for (let asked = 0; asked < 12; asked += 1) {
        s.workspace.connectHttp(`${addresses[asked % 2]}/slack/events`);
        await s.people.ask(['ana', 'wei', 'sam'][asked % 3] ?? 'ana', 'failed');
      }
      // One web by itself would have made as many again.
      expect(s.platform.calls.length).toBeGreaterThan(4);
      expect(s.platform.calls.length).toBeLessThanOrEqual(8);
    },
    { ...REAL, env: {} },
  );
});
