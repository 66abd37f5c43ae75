import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { DEFAULT_SCOPES } from '../../sandbox/workspace/options.ts';
import type { Delivery } from '../../sandbox/workspace/people/deliver.ts';
import type { AccessRules } from '../../src/core/access/access.ts';
import { accessRefusal } from '../../src/render/access/access-refusal.ts';
import { openPostBox, type PostBox } from './harness/answer-post-box.ts';
import {
  type Actor,
  everyListener,
  type Registered,
  requestsFor,
  SLACKS_OWN,
} from './harness/every-listener.ts';
import type { LogLine } from './harness/log-watch.ts';
import { loudMessages, POSTED_AS_WRITTEN } from './harness/loud-messages.ts';
import type { Environment } from './harness/running-bot.ts';
import { storeContents } from './harness/store-contents.ts';
import { Story } from './harness/story.ts';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

interface World {
  readonly s: Story;
  readonly box: PostBox;
  readonly actor: Actor;
}

/** A running bot with a failed task, and somebody who acts in a channel. */
async function world(user: string, channel: string, env: (s: Story) => Environment): Promise<World> {
  const s = await Story.begin({ scopes: [...DEFAULT_SCOPES, 'usergroups:read'] }, 'fast');
  toClose.push(() => s.close());
  const box = await openPostBox();
  toClose.push(() => box.close());
  s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
  await s.start(env(s));
  const actor = {
    user: s.workspace.person(user),
    homeTeam: s.workspace.teamId,
    channel: s.workspace.channelInfo(channel).id,
    direct: (await s.workspace.directChannel(user)).id,
    responseUrl: box.url,
  };
  return { s, box, actor };
}

const heard = everyListener();
/** All that a person can do. */
const deeds = heard.filter(({ kind, name }) => !(kind === 'event' && SLACKS_OWN.includes(name)));
const called = ({ kind, name }: Registered) => `${kind} ${name}`;

/** Methods by which the bot finds out who somebody is. */
const LOOKING = ['users.info', 'usergroups.users.list', 'auth.test'];

/** What the bot did and said since a moment, looking somebody up apart. */
function watchFrom({ s, box }: World) {
  const [calls, letters] = [s.workspace.apiCalls.length, box.letters.length];
  return () => [
    ...box.letters.slice(letters).map((letter) => `response ${letter}`),
    ...s.workspace.apiCalls
      .slice(calls)
      .filter(({ method }) => !LOOKING.includes(method))
      .map(({ method, params }) => `${method} ${JSON.stringify(params)}`),
  ];
}

/** An answer may come to the post box or through Slack's API. */
async function untilAnswered(did: () => readonly string[], sentence: string): Promise<void> {
  for (let tries = 0; did().length === 0; tries += 1) {
    if (tries > 2_000) throw new Error(`nobody was told: ${sentence}`);
    await pause(5);
  }
}

/** Sends one request and expects that one private refusal comes of it, and a line in the log. Returns its reason. */
async function expectRefused(w: World, request: Delivery, rules: AccessRules) {
  const { s, actor } = w;
  const logged = s.log.lines.length;
  const did = watchFrom(w);
  const ack = await s.workspace.deliver(request);
  expect(ack.status).toBe(200);
  const isNew = (line: LogLine) => s.log.lines.indexOf(line) >= logged;
  const line = await s.log.until((one) => isNew(one) && one.msg === 'refused', 'that somebody was refused');
  expect(line).toMatchObject({ level: 'warn', user: actor.user.id });
  // The log says which of its reasons it was; the sentence has to be that one's.
  const sentence = accessRefusal(line.reason as Parameters<typeof accessRefusal>[0], rules);
  const acked = ack.body.includes(sentence) ? [`ack ${ack.body}`] : [];
  if (acked.length === 0) await untilAnswered(did, sentence);
  const told = [...acked, ...did()];
  expect(told).toEqual([expect.stringContaining(sentence)]);
  expect(told[0]).toMatch(PRIVATE);
  const [, message] = /^(?:ack|response) (\{.*"response_type".*)$/s.exec(told[0] ?? '') ?? [];
  if (message !== undefined) expect(JSON.parse(message)).toMatchObject(POSTED_AS_WRITTEN);
  expect(loudMessages(s.workspace.apiCalls)).toEqual([]);
  return { reason: line.reason, sentence, posts: did().length };
}

/** Ways to tell one person something that nobody else sees. */
const PRIVATE =
  /^(?:ack .*"(?:ephemeral|update)"|response .*"ephemeral"|chat\.postEphemeral |chat\.postMessage .*"channel":"D|views\.(?:open|push|publish) )/s;

/** Tries every deed. Nothing but the refusals comes of them, however long one waits. */
async function refusals(w: World, rules: AccessRules): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const { s } = w;
  const store = storeContents(s.folder);
  const [posts, asked] = [s.workspace.posts.length, s.platform.calls.length];
  const did = watchFrom(w);
  const sentences = new Set<string>();
  const reasons = new Map<string, readonly unknown[]>();
  let answers = 0;
  for (const listener of deeds) {
    const found: unknown[] = [];
    for (const request of requestsFor(listener, w.actor)) {
      const refused = await expectRefused(w, request, rules);
      found.push(refused.reason);
      sentences.add(refused.sentence);
      answers += refused.posts;
    }
    reasons.set(called(listener), found);
  }
  await s.silence();
  expect(did()).toHaveLength(answers);
  expect(s.workspace.posts.slice(posts).every(({ text }) => sentences.has(text))).toBe(true);
  expect(s.platform.calls).toHaveLength(asked);
  expect(storeContents(s.folder)).toEqual(store);
  return reasons;
}

const OPEN: AccessRules = { channels: null, userGroups: null, external: null, mention: null };

describe('every listener', () => {
  test('is known here by its name', () => {
    expect(new Set(heard.map(called)).size).toBe(heard.length);
    expect(deeds.length).toBeGreaterThan(35);
  });

  test('hears members of the workspace: the requests below reach it', async () => {
    const w = await world('ana', 'iot-ops', () => ({}));
    for (const listener of deeds) {
      for (const request of requestsFor(listener, w.actor)) {
        const before = w.s.log.lines.length;
        expect((await w.s.workspace.deliver(request)).status).toBe(200);
        const line = await w.s.log.until(
          (one) =>
            w.s.log.lines.indexOf(one) >= before &&
            (one.listener === listener.kind || one.what === called(listener)),
          `what ${called(listener)} did`,
        );
        expect(line.reason).not.toBe('outsider');
      }
    }
  });

  test('refuses people of another workspace', async () => {
    const w = await world('olga', 'shared-vendor', () => ({}));
    const reasons = await refusals(w, OPEN);
    expect(new Set([...reasons.values()].flat())).toEqual(new Set(['outsider']));
  });

  test('refuses who is in none of the groups', async () => {
    const w = await world('sam', 'iot-ops', () => ({ ALLOWED_USERGROUPS: 'S0ONCALL01' }));
    const reasons = await refusals(w, { ...OPEN, userGroups: ['S0ONCALL01'] });
    expect(new Set([...reasons.values()].flat())).toEqual(new Set(['not-in-usergroup']));
  });

  test('refuses everybody outside of the channels', async () => {
    let ops = '';
    const w = await world('ana', 'iot-alerts', (s) => {
      ops = s.workspace.channelInfo('iot-ops').id;
      return { ALLOWED_CHANNELS: ops };
    });
    const reasons = await refusals(w, { ...OPEN, channels: new Set([ops]) });
    const nowhere = ['event app_home_opened', 'event message', 'shortcut look_up_device'];
    for (const [listener, found] of reasons) {
      const reason = nowhere.includes(listener) ? 'place-not-allowed' : 'channel-not-allowed';
      expect([listener, ...new Set(found)]).toEqual([listener, reason]);
    }
  });
});
