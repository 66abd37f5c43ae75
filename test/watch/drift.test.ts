import { describe, expect, test } from '@jest/globals';
import type { PageAnswered } from '../../sandbox/platform/index.ts';
import { type Bench, notificationsOf, setUp } from './bench.ts';

/** Does something to the fleet just after the first page of the running tasks was made, and never again. */
function afterFirstPage(bench: Bench, work: () => void): void {
  let done = false;
  bench.platform.behaviour.betweenPages = ({ query, pageNo }: PageAnswered) => {
    if (done || query.operationStatus !== 'processing' || pageNo !== 0) return;
    done = true;
    work();
  };
}

/** 250 running tasks, all known; what is told afterwards must be told of them once each. */
async function running(): Promise<Bench> {
  const bench = await setUp({ kinds: ['created', 'started', 'failed', 'succeeded', 'stopped', 'vanished'] });
  bench.addMany(250, { status: 'processing', operationId: 'op' });
  await bench.settle();
  return bench;
}

async function toldIn(bench: Bench, cycles: number): Promise<readonly string[]> {
  for (let cycle = 0; cycle < cycles; cycle += 1) await bench.nextCycle();
  return await bench.told();
}

describe('while the pages of the running tasks are read', () => {
  test('tasks that come in at the front push others onto the next page, and none is told twice', async () => {
    await using bench = await running();
    afterFirstPage(bench, () => {
      for (const id of ['new-1', 'new-2']) {
        bench.platform.fleet.addTask({ operationId: id, status: 'processing' });
      }
    });
    expect(await toldIn(bench, 3)).toEqual([
      ...['created new-1', 'created new-2', 'started new-1', 'started new-2'],
    ]);
  });

  test('tasks that end pull others past the reader, and nobody takes those for gone', async () => {
    await using bench = await running();
    const ended = ['op-249', 'op-248', 'op-247'];
    afterFirstPage(bench, () => {
      for (const id of ended) bench.platform.fleet.setStatus(id, 'failed');
    });
    expect(await toldIn(bench, 4)).toEqual([...ended].sort().map((id) => `failed ${id}`));
  });

  test('twenty that end at once are told once each, and the twenty that slipped by are not lost', async () => {
    await using bench = await running();
    const ended = Array.from({ length: 20 }, (_, index) => `op-${200 + index}`);
    afterFirstPage(bench, () => {
      for (const id of ended) bench.platform.fleet.setStatus(id, 'success');
    });
    expect(await toldIn(bench, 4)).toEqual(ended.map((id) => `succeeded ${id}`));
    // Tasks of the second page that slipped onto the first are still watched.
    bench.platform.fleet.setStatus('op-149', 'failed');
    bench.platform.fleet.setStatus('op-140', 'failed');
    expect(await toldIn(bench, 2)).toEqual(['failed op-140', 'failed op-149']);
  });

  test('a waiting task that starts is told as started, whichever list shows it', async () => {
    await using bench = await running();
    bench.platform.fleet.addTask({ operationId: 'late', status: 'wait' });
    await bench.nextCycle();
    await bench.told();
    afterFirstPage(bench, () => bench.platform.fleet.setStatus('late', 'processing'));
    expect(await toldIn(bench, 3)).toEqual(['started late']);
  });

  test('a task removed meanwhile vanishes once', async () => {
    await using bench = await running();
    afterFirstPage(bench, () => bench.platform.fleet.removeTask('op-3'));
    expect(await toldIn(bench, 3)).toEqual(['vanished op-3']);
  });
});

test('with the fleet changing after every single page each ending is told exactly once', async () => {
  await using bench = await running();
  let next = 0;
  bench.platform.behaviour.betweenPages = () => {
    if (next >= 40) return;
    bench.platform.fleet.setStatus(`op-${next * 6}`, next % 2 === 0 ? 'failed' : 'stop');
    bench.platform.fleet.addTask({ operationId: `brief-${next}`, status: 'success' });
    next += 1;
  };
  while (next < 40) await bench.nextCycle();
  const told = [...(await bench.told()), ...(await toldIn(bench, 6))];
  const wanted = Array.from({ length: 40 }, (_, index) => [
    `${index % 2 === 0 ? 'failed' : 'stopped'} op-${index * 6}`,
    `succeeded brief-${index}`,
  ]).flat();
  expect(told.sort()).toEqual(wanted.sort());
  const notifications = (await notificationsOf(bench)).filter(({ place }) => place === 'root');
  expect(notifications.length).toBeGreaterThan(0);
});
