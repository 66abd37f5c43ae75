import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Random } from '../../../sandbox/platform/fleet/random.ts';
import type { Acknowledgement } from '../../../sandbox/workspace/types.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { parseTerms } from '../../../src/core/filter/parse-terms.ts';
import type { Schema } from '../../../src/store/engine/schema.ts';
import { readSubscriptionsOf } from '../../../src/store/subscription/subscriptions.ts';
import { ELSEWHERE } from '../subscriptions.ts';
import { SLACKS_LIMIT } from './late-acknowledgements.ts';
import type { Life, Member } from './member.ts';

const USER = 'ana';
/** Real milliseconds; an answer takes a fraction of one second. */
const ANSWER_LIMIT = 15_000;
/** Real milliseconds until a process that died is seen to be dead. */
const DEATH_IS_SEEN = 2_000;
/** Real milliseconds in which everybody is answered who asked at once. */
const RUSH_LIMIT = 60_000;
/** Questions that are under way at once when everybody asks. */
const AT_ONCE = 10;
const QUESTIONS = [
  'private',
  'failed private',
  'active firmware private',
  'op-001',
  'health',
  'subscriptions',
  'help',
] as const;
/** Filters that nothing passes, and none of which names anything unknown. */
const FILTERS = ['fail>=1000001', 'fail>=1000002', 'fail>=1000003'] as const;

export interface PeopleParts {
  readonly workspace: Workspace;
  readonly webs: readonly Member[];
  readonly random: Random;
  /** How far the clock was moved ahead. Nothing that travels meanwhile counts: no request is on its way for minutes. */
  readonly offset: () => number;
}

export interface Answers {
  readonly asked: number;
  readonly answered: number;
  /** How long acknowledgements took that came too late for Slack, in milliseconds. */
  readonly late: readonly number[];
  readonly problems: readonly string[];
}

/** People who ask and press all the while, now through this web process and now through that one. */
export interface People {
  /** Says this until a web process has answered it. */
  insist(channel: string, text: string): Promise<void>;
  /** Everybody asks at once: more than the platform takes in a minute. */
  allAsk(questions: number): Promise<void>;
  /** Asks nothing any more; resolves when nothing is under way. */
  rest(): Promise<void>;
  answers(): Answers;
  /** Whether the store holds what was answered to have been subscribed, and nothing that was ended. */
  checkSubscriptions(db: Kysely<Schema>): Promise<readonly string[]>;
}

export function startPeople({ workspace, webs, random, offset }: PeopleParts): People {
  const problems: string[] = [];
  const late: number[] = [];
  const subscribed = new Set<string>();
  let [asked, answered, turn] = [0, 0, 0];
  let resting = false;
  let busy: Promise<unknown> = Promise.resolve();
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0];
  /** One at a time: what comes next is the answer to what was asked last. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = busy.then(work);
    busy = done.catch(() => undefined);
    return done;
  };
  const noteLateness = (milliseconds: number): boolean => {
    if (milliseconds <= SLACKS_LIMIT) return false;
    late.push(milliseconds);
    return true;
  };
  const nextWeb = (): Life | null => {
    turn += 1;
    const { life } = webs[turn % webs.length] ?? {};
    return life?.alive && !life.stopping && life.port !== null ? life : null;
  };
  const connect = (lives: readonly Life[]) =>
    workspace.connectHttp(...lives.map(({ port }) => `http://127.0.0.1:${port}/slack/events`));

  /** Does this by one web process. False: it ended meanwhile, or the time jumped, and nobody knows what came of it. */
  const through = async (
    what: string,
    act: () => Promise<Acknowledgement>,
    count: () => number,
  ): Promise<boolean> => {
    const life = nextWeb();
    if (life === null) return false;
    connect([life]);
    const [before, moved] = [count(), offset()];
    asked += 1;
    const { status, error, milliseconds } = await act();
    // Its trigger is dead by now: no window can open, but what needs none is still answered.
    const isLate = noteLateness(milliseconds);
    const begun = performance.now();
    while (status === 200 && life.alive && performance.now() - begun < ANSWER_LIMIT) {
      if (count() > before) {
        answered += 1;
        return true;
      }
      await pause(5);
    }
    await Promise.race([life.ended, pause(DEATH_IS_SEEN)]);
    if (!isLate && life.alive && !life.stopping && offset() === moved) {
      problems.push(`"${what}" was ${status === 200 ? 'not answered' : `not taken: ${status} ${error}`}`);
    }
    return false;
  };
  const answers = () =>
    workspace.posts.filter(({ kind }) => kind === 'response' || kind === 'ephemeral').length;
  const say = (channel: string, text: string) =>
    inTurn(() => through(text, () => workspace.command({ user: USER, channel, text }), answers));

  const insist = async (channel: string, text: string) => {
    while (!(await say(channel, text))) await pause(50);
  };
  const subscribe = async () => {
    const filter = pick(FILTERS);
    const ends = subscribed.has(filter);
    await insist(ELSEWHERE, ends ? `unsubscribe ${filter}` : `subscribe ${filter} on:failed`);
    if (ends) subscribed.delete(filter);
    else subscribed.add(filter);
  };
  const press = async () => {
    const roots = workspace
      .channel('everything')
      .filter(({ blocks }) => JSON.stringify(blocks).includes('"Details"'));
    const root = roots[Math.floor(random() * roots.length)];
    if (!root) return;
    const details = { user: USER, channel: root.channel, messageTs: root.ts, label: 'Details' };
    await inTurn(() =>
      through(
        'Details',
        () => workspace.press(details),
        () => workspace.views.length,
      ),
    );
  };
  const living = (async () => {
    while (!resting) {
      await pause(100 + 300 * random());
      const dice = random();
      if (dice < 0.2) await subscribe();
      else if (dice < 0.4) await press();
      else await say(ELSEWHERE, pick(QUESTIONS));
    }
  })();

  return {
    insist,
    allAsk: (questions) =>
      inTurn(async () => {
        const lives = webs.flatMap(({ life }) => (life?.alive && life.port !== null ? [life] : []));
        if (lives.length < webs.length) throw new Error('a web process is missing');
        connect(lives);
        const before = answers();
        const left = Array.from({ length: questions }, (_, index) => index);
        const one = async () => {
          for (let next = left.pop(); next !== undefined; next = left.pop()) {
            asked += 1;
            // Each of its own: the same question is answered once while it is under way.
            const text = `failed size:${1 + (next % 100)} page:${1 + Math.floor(next / 100)} private`;
            const { status, error, milliseconds } = await workspace.command({
              ...{ user: USER, channel: 'everything', text },
            });
            noteLateness(milliseconds);
            if (status !== 200) problems.push(`one of many questions was not taken: ${status} ${error}`);
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, one));
        const begun = performance.now();
        while (answers() - before < questions && performance.now() - begun < RUSH_LIMIT) await pause(20);
        const come = answers() - before;
        answered += come;
        if (come < questions)
          problems.push(`${questions - come} of ${questions} questions were not answered`);
      }),
    async rest() {
      resting = true;
      await living;
      await busy;
    },
    answers: () => ({ asked, answered, late, problems }),
    async checkSubscriptions(db) {
      const rows = await readSubscriptionsOf(db, workspace.channelInfo(ELSEWHERE).id);
      const there = new Set(rows.map(({ terms }) => JSON.stringify(terms)));
      return FILTERS.flatMap((filter) => {
        const is = there.has(JSON.stringify(parseTerms(filter).terms));
        if (is === subscribed.has(filter)) return [];
        return [`the subscription to ${filter} is ${is ? 'still there' : 'lost'}, though it was answered`];
      });
    },
  };
}
