import { expect } from '@jest/globals';
import { portOf } from './harness/bot-process.ts';
import { storyOfTwo } from './harness/two-workspaces.ts';

const ROTATION = { first: 7_000, renewed: 7_000 };

storyOfTwo(
  'one process installs and answers, another tells, and they never renew a token at once',
  async (two) => {
    const { s, oauth, other, vendor } = two;
    s.fleet.addTask({ operationId: 'op-1', status: 'processing', tally: { total: 4 } });
    s.platform.behaviour.callsPerMinute = null;
    const env = two.env({ POLL_SCHEDULE: '* * * * * *', IOT_CALLS_PER_MINUTE: '10000' });
    const [web, worker] = [s.run(env, ['web']), s.run(env, ['worker'])];
    const cycles = () => worker.log.lines.filter(({ msg }) => msg === 'cycle').length;
    await worker.log.until(() => cycles() > 0, 'the first look');
    two.meet(`http://127.0.0.1:${await portOf(web)}`);
    expect((await two.install(vendor)).status).toBe(200);
    await other.people.ask('bo', 'subscribe', 'vendor-ops');
    await other.claims.next({ kind: 'post', in: 'vendor-ops', says: [':bell:'] });

    await oauth.uninstall(vendor);
    await web.log.until(({ outcome }) => outcome === 'lost', 'the loss');
    s.fleet.setStatus('op-1', 'failed');
    const before = cycles();
    await worker.log.until(() => cycles() > before + 1, 'another look');
    await two.install(vendor);
    await other.claims.next({ kind: 'post', in: 'vendor-ops', says: ['op-1'] }, 20_000);
    expect(oauth.exchanges.filter(({ error }) => error !== null)).toEqual([]);
  },
  { rotation: ROTATION, time: 'real' },
);
