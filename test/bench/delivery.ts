import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import type {
  PlannedMessage,
  PlannedNotification,
} from '../../src/core/notification/planned-notification.ts';
import { DEFAULT_KINDS } from '../../src/core/subscription/subscription.ts';
import { startDelivery } from '../../src/notify/start-delivery.ts';
import { createLog } from '../../src/ops/log.ts';
import { connectSlack, createPostingClients } from '../../src/slack/out/web-clients.ts';
import { createSoleLeases } from '../../src/store/engine/lease-keeper.ts';
import { openSqlite } from '../../src/store/engine/open-sqlite.ts';
import { writeOutbox } from '../../src/store/notification/outbox.ts';
import { saveSubscription } from '../../src/store/subscription/subscriptions.ts';
import { writeWatchedTasks } from '../../src/store/task/write-tasks.ts';
import { notByItself } from '../lib/driven-clock.ts';
import { largeTask } from './large-fleet.ts';
import { judge, type Row } from './row.ts';
import { ms } from './statistics.ts';

const NOTIFICATIONS = 10_000;
const CHANNELS = 10;
/** Promised, in milliseconds for all of them: 2,000 a second. */
const PROMISED = NOTIFICATIONS / 2;

/** 10,000 first messages of as many failed tasks into ten channels, with Slack's limit switched off on both sides. */
export async function benchDelivery(): Promise<readonly Row[]> {
  const slack = await startQuickSlack();
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-bench-'));
  const store = await openSqlite(join(folder, 'upgrades.db'));
  try {
    await fillOutbox(store.db);
    const log = createLog('silent');
    const client = createPostingClients(
      { apiUrl: slack.url },
      log,
      connectSlack(() => undefined, null).fetch,
    )('xoxb-bench');
    let sent = 0;
    const begun = performance.now();
    const delivery = startDelivery({
      db: store.db,
      leases: createSoleLeases(),
      schedule: notByItself,
      clientFor: async () => client,
      now: Date.now,
      slackNow: Date.now,
      newId: randomUUID,
      monotonic: performance.now.bind(performance),
      realTime: performance.now.bind(performance),
      delay: async (milliseconds, signal) => {
        await pause(milliseconds, undefined, { signal });
      },
      log,
      onNotification: ({ outcome }) => {
        if (outcome === 'sent') sent += 1;
      },
      postGap: 0,
    });
    while (sent < NOTIFICATIONS) await pause(20);
    const took = performance.now() - begun;
    await delivery.stop();
    const arrived = slack.posts();
    const floor = await postPlainly(slack.url);
    const rate = (milliseconds: number) => `${Math.round((NOTIFICATIONS / milliseconds) * 1_000)} a second`;
    return [
      {
        what: `${NOTIFICATIONS.toLocaleString('en-US')} notices delivered, Slack's limit switched off`,
        figure: `${arrived.toLocaleString('en-US')} posts in ${ms(took)}: ${rate(took)}`,
        floor: `chat.postMessage by fetch: ${rate(floor)}`,
        ratio: took / floor,
        promise: 'each exactly once, 2,000 a second',
        verdict: arrived === NOTIFICATIONS ? judge(took, PROMISED, floor) : 'broken',
      },
    ];
  } finally {
    await store.close();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillOutbox(db: Awaited<ReturnType<typeof openSqlite>>['db']): Promise<void> {
  const now = Date.now();
  const tasks = Array.from({ length: NOTIFICATIONS }, (_, number) => largeTask(number, now));
  for (let number = 0; number < CHANNELS; number += 1) {
    await saveSubscription(db, {
      ...{ id: randomUUID(), channel: `C${number}`, ...parseTerms('-model:M1 fail>5%') },
      ...{ kinds: DEFAULT_KINDS, mentions: [], thresholds: {}, createdBy: null, createdAt: now },
    });
  }
  await db.transaction().execute(async (tx) => {
    await writeWatchedTasks(
      tx,
      tasks.map((after) => ({ before: null, after })),
    );
    const planned = tasks.map(({ task }, number) => plan(task, `C${number % CHANNELS}`, now));
    await writeOutbox(tx, {
      messages: planned.map(({ message }) => message),
      notifications: planned.map(({ notification }) => notification),
      ...{ edits: [], decisions: [] },
    });
  });
}

function plan(
  task: ReturnType<typeof largeTask>['task'],
  channel: string,
  now: number,
): { readonly message: PlannedMessage; readonly notification: PlannedNotification } {
  const { operationId, status, tally, startTime, stopTime } = task;
  const message: PlannedMessage = { id: randomUUID(), channel, kind: 'task', operationIds: [operationId] };
  return {
    message,
    notification: {
      ...{ id: randomUUID(), channel, place: 'root', operationId, messageId: message.id, broadcast: false },
      ...{ happenedAt: now, noticedAt: now, hold: null },
      content: {
        ...{
          kind: 'change',
          change: 'failed',
          at: now,
          noticedAt: now,
          status,
          statusWord: null,
          tally,
          startTime,
          stopTime,
        },
        ...{ movedAt: now, mentions: [], earlier: [] },
      },
    },
  };
}

/** The same number of posts by as many hands, with nothing kept. */
async function postPlainly(url: string): Promise<number> {
  const body = JSON.stringify({ channel: 'C0', text: 'x'.repeat(1_000) });
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: CHANNELS }, async () => {
      for (let number = 0; number < NOTIFICATIONS / CHANNELS; number += 1) {
        const answer = await fetch(`${url}chat.postMessage`, {
          ...{ method: 'POST', body },
          headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-bench' },
        });
        await answer.json();
      }
    }),
  );
  return performance.now() - begun;
}

/** Takes every post at once: the workspace of the sandbox keeps and checks them, which takes longer than sending. */
async function startQuickSlack() {
  let posts = 0;
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      posts += 1;
      const answer = JSON.stringify({ ok: true, ts: `${1_700_000_000 + posts}.000100` });
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    posts: () => posts,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
