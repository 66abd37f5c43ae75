import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../sandbox/platform/fleet/random.ts';
import type { Json, JsonObject } from '../../sandbox/workspace/json.ts';
import type { Delivery } from '../../sandbox/workspace/people/deliver.ts';
import { openPostBox } from './harness/answer-post-box.ts';
import type { BotProcess } from './harness/bot-process.ts';
import { everyListener, requestsFor, SLACKS_OWN } from './harness/every-listener.ts';
import { Story } from './harness/story.ts';

const MUTATIONS = 500;
const SEED = 4711;
const AT_ONCE = 10;
const MB = 1024 * 1024;
/** What may be left of the garbage of so many requests, in bytes. */
const GROWTH = 48 * MB;

/** Values of every type, and those that JavaScript itself gives a meaning. */
const ODD: readonly Json[] = [
  ...[null, true, 0, -1, 1e308, '', ' ', '\u0000', '<!channel>', '__proto__', 'constructor', '../../etc'],
  ...[[], [null], [[]], {}, { id: null }, { id: { id: 'U1' } }, { length: 1e9 }, 'x'.repeat(20_000)],
];
const NAMES = ['__proto__', 'constructor', 'toString', 'type', 'event', 'actions', 'view', 'user'];

/** The same request with one to three members replaced, lost or added, anywhere in it. */
function mutate(payload: JsonObject, random: () => number): JsonObject {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  // Written and read again, `__proto__` is a member like any other.
  const copy = JSON.parse(JSON.stringify(payload)) as JsonObject;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const places = placesIn(copy);
    const place = pick(places);
    if (!place) continue;
    const [holder, name] = place;
    const dice = random();
    const odd = structuredClone(pick(ODD) ?? null);
    if (dice < 0.7) define(holder, name, odd);
    else if (dice < 0.85) Reflect.deleteProperty(holder, name);
    else define(holder, pick(NAMES) ?? name, odd);
  }
  return copy;
}

function placesIn(value: Json | undefined): readonly (readonly [JsonObject, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  // Lists are objects whose members are called by numbers.
  const holder = value as JsonObject;
  return Object.keys(holder).flatMap((name) => [[holder, name] as const, ...placesIn(holder[name])]);
}

function define(holder: JsonObject, name: string, value: Json): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Resident memory of a process, in bytes. */
function memoryOf({ pid }: BotProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1_024;
}

describe('rightly signed requests that Slack would never send', () => {
  test(`${MUTATIONS} of them end no process, are never a fault of the server's, and leave nothing behind`, async () => {
    // Not told as a story: what little of a request is left may well be answered.
    const s = await Story.begin({}, 'real');
    const box = await openPostBox();
    try {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const bot = await s.runAndConnect();
      await bot.log.until(({ msg }) => msg === 'cycle', 'that a cycle ended');
      const actor = {
        user: s.workspace.person('ana'),
        homeTeam: s.workspace.teamId,
        channel: s.workspace.channelInfo('iot-ops').id,
        direct: (await s.workspace.directChannel('ana')).id,
        responseUrl: box.url,
      };
      const random = seededRandom(SEED);
      const whole = everyListener()
        .filter(({ name }) => !SLACKS_OWN.includes(name))
        .flatMap((listener) => requestsFor(listener, actor));
      const requests = Array.from({ length: MUTATIONS }, (_, index): Delivery => {
        const request = whole[index % whole.length];
        if (!request) throw new Error('there is nothing to mutate');
        return { ...request, payload: mutate(request.payload, random) };
      });
      const send = async (ones: readonly Delivery[]) => {
        const left = [...ones];
        const statuses = new Map<number, number>();
        const one = async () => {
          for (let next = left.pop(); next; next = left.pop()) {
            const { status } = await s.workspace.deliver(next);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, one));
        return statuses;
      };
      await send(whole);
      const before = memoryOf(bot);
      const statuses = await send(requests);
      expect([...statuses.keys()].filter((status) => status === 0 || status >= 500)).toEqual([]);
      expect(bot.running()).toBe(true);
      expect(bot.stderr()).toBe('');
      // Each refusal says its cause.
      const causes = () =>
        bot.log.lines.filter(
          ({ msg }) =>
            msg === 'a signed request has no form of Slack; it was refused' ||
            msg === 'a request could not be handled',
        );
      // Its log comes by another way than its answers, and may be later.
      await bot.log.until(() => causes().length === statuses.get(400), 'the cause of each refusal');
      expect(bot.log.lines.map(({ msg }) => msg)).not.toContain('unhandled rejection');
      expect(causes().every(({ problem }) => typeof problem === 'string')).toBe(true);
      expect(memoryOf(bot) - before).toBeLessThan(GROWTH);
      expect((await fetch(`${s.workspace.apiUrl}`)).status).toBeLessThan(500);
    } finally {
      await s.close();
      await box.close();
    }
  });
});
