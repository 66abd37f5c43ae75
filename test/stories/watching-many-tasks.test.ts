import { describe, expect } from '@jest/globals';
import type { Seen } from './harness/claims.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const DAY = 86_400_000;

function addRunning(s: Story, count: number): readonly string[] {
  const ids = Array.from({ length: count }, (_, n) => `op-${String(n + 1).padStart(2, '0')}`);
  for (const operationId of ids) s.fleet.addTask({ operationId, status: 'processing', tally: { total: 4 } });
  return ids;
}

async function beginWatching(s: Story): Promise<void> {
  await s.start(alertsTo(s));
  await s.told({ kind: 'post', thread: null, says: ['I watch'] });
}

describe('many tasks are watched', () => {
  story('five fail at once: a message each', async (s) => {
    const ids = addRunning(s, 5);
    await beginWatching(s);
    for (const id of ids) s.fleet.setStatus(id, 'failed');
    await s.poll();
    for (const id of ids) await s.told({ kind: 'post', thread: null, says: [id, '*failed*'] });
  });

  story('thirty fail at once: one summary, and a thread that names them all', async (s) => {
    const ids = addRunning(s, 30);
    await beginWatching(s);
    for (const id of ids) s.fleet.setStatus(id, 'failed');
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null });
    expect(root.text).toContain('30 upgrade tasks changed at once');
    expect(root.text).toMatch(/failed \*30\*/);
    const parts = [
      await s.told({ kind: 'post', thread: root.post.ts }),
      await s.told({ kind: 'post', thread: root.post.ts }),
    ];
    const named = parts.map(({ text }) => text).join('\n');
    for (const id of ids) expect(named).toContain(id);
    expect(parts.every(({ post }) => !post.broadcast)).toBe(true);
    // One of them recovers: its story goes on in the summary's thread, and the summary shows it.
    s.fleet.change('op-07', { status: 'processing' });
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, [/failed 29/, /running 1/]);
  });

  story('each message is posted no faster than Slack takes it, and none is lost', async (s) => {
    addRunning(s, 12);
    await beginWatching(s);
    const ids = s.fleet.tasks('processing').map(({ operationId }) => operationId);
    for (const half of [ids.slice(0, 5), ids.slice(5, 10)]) {
      for (const id of half) s.fleet.setStatus(id, 'failed');
      await s.poll();
    }
    for (const id of ids.slice(0, 10)) await s.told({ kind: 'post', thread: null, says: [id] });
    expect(s.workspace.rateLimited).toHaveLength(0);
  });

  story('a new failure does not wait behind what only threads are to hear', async (s) => {
    const ids = addRunning(s, 10);
    await beginWatching(s);
    const roots = new Map<string, Seen>();
    // Each has a message of its own: more than five at once would share a summary.
    for (const some of [ids.slice(0, 5), ids.slice(5)]) {
      for (const id of some) s.fleet.setStatus(id, 'failed');
      await s.poll();
      for (const id of some) roots.set(id, await s.told({ kind: 'post', thread: null, says: [id] }));
    }
    s.fleet.addTask({ operationId: 'op-new', status: 'processing', tally: { total: 4 } });
    await s.silence();
    s.clock.halt();
    for (const id of ids) s.fleet.change(id, { status: 'processing' });
    await s.poll();
    s.fleet.setStatus('op-10', 'failed');
    s.fleet.setStatus('op-new', 'failed');
    await s.poll();
    s.clock.run();
    const told = [await s.told({ kind: 'post', thread: null, says: ['*failed*', 'op-new'] })];
    for (const [id, root] of roots) {
      const thread = root.post.ts;
      told.push(await s.told({ kind: 'post', thread, says: ['recovered', id] }));
      if (id === 'op-10')
        told.push(await s.told({ kind: 'post', thread, broadcast: true, says: ['*failed*', id] }));
      await s.edited(root, [id === 'op-10' ? '*failed*' : '*running*']);
    }
    const inOrder = s.workspace.posts.filter((post) => told.some((seen) => seen.post === post));
    const order = inOrder.map((post) => s.workspace.plainText(post));
    const place = (...words: readonly string[]) =>
      order.findIndex((text) => words.every((word) => text.includes(word)));
    // What was begun before goes first; then the new failure, and the other one after what its thread missed.
    expect(place('*failed*', 'op-new')).toBeLessThanOrEqual(3);
    expect(place('*failed*', 'op-10')).toBeLessThanOrEqual(3);
    expect(place('recovered', 'op-10')).toBeLessThan(place('*failed*', 'op-10'));
  });

  story('what happened while the bot was away is told in one message', async (s) => {
    addRunning(s, 6);
    await beginWatching(s);
    s.fleet.setStatus('op-06', 'failed');
    await s.poll();
    const known = await s.told({ kind: 'post', thread: null, says: ['op-06'] });
    await s.silence();
    await s.stop();
    for (const id of ['op-01', 'op-02', 'op-03']) s.fleet.setStatus(id, 'failed');
    s.fleet.change('op-06', { status: 'processing' });
    s.clock.advance(6 * DAY);
    await s.start(alertsTo(s));
    const root = await s.told({ kind: 'post', thread: null });
    expect(root.text).toContain('while I was away');
    expect(root.text).toMatch(/failed \*3\*/);
    expect(root.text).toMatch(/stalled \*2\*/);
    const part = await s.told({ kind: 'post', thread: root.post.ts });
    for (const id of ['op-01', 'op-02', 'op-03']) expect(part.text).toContain(id);
    expect(part.text).toMatch(/told 6 d(ays)? later/);
    // A task that has its thread goes on there.
    await s.told({ kind: 'post', thread: known.post.ts, says: ['recovered'] });
    await s.edited(known, ['*running*']);
  });

  story('a restart repeats nothing and keeps every thread', async (s) => {
    addRunning(s, 2);
    await beginWatching(s);
    s.fleet.setStatus('op-01', 'failed');
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['op-01'] });
    await s.silence();
    for (let n = 0; n < 3; n += 1) await s.restart(alertsTo(s));
    await s.silence();
    expect(s.claims.unclaimed()).toHaveLength(0);
    s.fleet.change('op-01', { status: 'processing' });
    await s.poll();
    await s.told({ kind: 'post', thread: root.post.ts, says: ['recovered'] });
    await s.edited(root, ['*running*']);
    s.fleet.setStatus('op-02', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['op-02'] });
  });

  story('counters and times that cannot be read cost no other task anything', async (s) => {
    addRunning(s, 3);
    await beginWatching(s);
    s.fleet.raw('op-02', { staResult: 'none', createTime: 'yesterday', targets: 7, policy: [] });
    s.fleet.setStatus('op-01', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['op-01'] });
    s.fleet.setStatus('op-02', 'failed');
    await s.poll();
    await s.told({ kind: 'post', thread: null, says: ['op-02', 'counters unknown'] });
  });

  story('tasks that come while pages are read are neither lost nor told twice', async (s) => {
    for (let n = 0; n < 150; n += 1) s.fleet.addTask({ status: 'processing', tally: { total: 2 } });
    await beginWatching(s);
    let born = 0;
    s.platform.behaviour.betweenPages = ({ query }) => {
      if (query.operationStatus !== 'processing' || born >= 3) return;
      born += 1;
      s.fleet.addTask({ operationId: `op-born-${born}`, status: 'processing', tally: { total: 4 } });
    };
    await s.poll();
    s.platform.behaviour.betweenPages = undefined;
    for (const id of ['op-born-1', 'op-born-2', 'op-born-3']) {
      if (!s.fleet.task(id)) s.fleet.addTask({ operationId: id, status: 'processing', tally: { total: 4 } });
      s.fleet.setStatus(id, 'failed');
    }
    await s.poll();
    for (const id of ['op-born-1', 'op-born-2', 'op-born-3'])
      await s.told({ kind: 'post', thread: null, says: [id] });
  });
});
