import { expect, test } from '@jest/globals';
import { acknowledgeTask } from '../../src/act/acknowledge.ts';
import { muteTask, unmuteTask } from '../../src/act/mute.ts';
import { findTaskRoot } from '../../src/store/notification/find-task-root.ts';
import { type Bench, failed, runs, setUp } from '../notify/bench.ts';

/** The root of a task that failed, as the channel has it. */
async function failedRoot(bench: Bench) {
  await bench.subscribe(bench.channel);
  await bench.see(failed('op-1'));
  const delivery = bench.deliver();
  await bench.settled();
  await delivery.stop();
  const [post] = bench.workspace.channel(bench.channel);
  const root = await findTaskRoot(bench.store.db, bench.channel, post?.ts ?? '');
  if (root === null) throw new Error('no root was posted');
  return { root, parts: { db: bench.store.db, now: bench.now } };
}

const wanted = (bench: Bench) =>
  bench.store.db.selectFrom('message').select(['wanted_version', 'shown_version']).executeTakeFirstOrThrow();

test('whoever is first looks after the trouble, and the root is due an edit', async () => {
  await using bench = await setUp();
  const { root, parts } = await failedRoot(bench);
  expect(await acknowledgeTask(parts, root, 'U1')).toEqual({ kind: 'recorded' });
  const { wanted_version, shown_version } = await wanted(bench);
  expect(wanted_version).toBeGreaterThan(shown_version);
  expect(await acknowledgeTask(parts, root, 'U2')).toMatchObject({ kind: 'taken', first: { by: 'U1' } });
  expect((await wanted(bench)).wanted_version).toBe(wanted_version);
});

test('a task that is fine again has nothing to be looked after', async () => {
  await using bench = await setUp();
  const { root, parts } = await failedRoot(bench);
  await bench.see(runs('op-1'));
  expect(await acknowledgeTask(parts, root, 'U1')).toEqual({ kind: 'fine' });
});

test('a mute ends once, and the root is due an edit each time', async () => {
  await using bench = await setUp();
  const { root, parts } = await failedRoot(bench);
  const mute = { until: null, by: 'U1', at: bench.now() };
  const before = (await wanted(bench)).wanted_version;
  await muteTask(parts, root, mute);
  expect(await unmuteTask(parts, root)).toEqual(mute);
  expect(await unmuteTask(parts, root)).toBeNull();
  expect((await wanted(bench)).wanted_version).toBe(before + 3);
});
