import { seededRandom } from '../../sandbox/platform/fleet/random.ts';
import type { Fault as PlatformFault } from '../../sandbox/platform/index.ts';
import type { Fault as SlackFault } from '../../sandbox/workspace/faults.ts';
import { POINTS, type Point, READS } from './points.ts';
import type { KillOrder } from './tripwire.ts';
import type { Mishap, Trouble } from './trouble.ts';

/** Slack takes what it takes within this time: less than the bot waits before it believes that a notification is not there. */
const LATEST = 6_000;
/** How far the count of a point goes: as often as it is passed in an ordinary step. */
const OFTEN: Partial<Record<Point, number>> = {
  'while it starts': 60,
  'inside the recording transaction': 12,
  'before the history is read': 2,
  'after the history is read': 2,
  'before a notification is put back': 1,
};
/** Points that are passed only after an answer was lost. */
const LOOKING: ReadonlySet<Point> = new Set<Point>([
  'before the history is read',
  'after the history is read',
]);

export interface TroubleSize {
  readonly fewestKills: number;
  readonly mostKills: number;
  readonly mostMishaps: number;
}

/** The trouble of a seed for a script of so many steps: always the same. */
export function makeTrouble(
  seed: number,
  steps: number,
  { fewestKills, mostKills, mostMishaps }: TroubleSize = { fewestKills: 2, mostKills: 6, mostMishaps: 5 },
): Trouble {
  // Another sequence than the script's, which is drawn from the seed itself.
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
  const chance = (share: number) => random() < share;
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[whole(0, items.length - 1)] ?? items[0];
  const anyStep = () => whole(0, steps);

  const kills: KillOrder[] = [];
  const mishaps: Mishap[] = [];
  for (let left = whole(fewestKills, mostKills); left > 0; left -= 1) {
    const point = pick(POINTS);
    const read = point === 'before a platform read' || point === 'after a platform read';
    const what = read ? pick(READS) : null;
    const step = anyStep();
    const late = point === 'before Slack takes a post' && chance(0.5) ? whole(500, LATEST) : null;
    kills.push({ step, point, what, nth: read ? whole(1, 2) : whole(1, OFTEN[point] ?? 3), late });
    if (LOOKING.has(point)) mishaps.push({ step, side: 'slack', fault: pick(AMBIGUOUS) });
    if (point === 'before a notification is put back')
      mishaps.push({ step, side: 'slack', fault: pick(NOT_TAKEN) });
    if (what === 'login') mishaps.push({ step, side: 'tokens' });
    // What is seen at a start needs a start; a sweep follows one as well.
    if (point === 'while it starts' || what === 'list all 0')
      kills.push({ step, point: 'after the recording committed', what: null, nth: 1, late: null });
  }
  for (let left = whole(0, mostMishaps); left > 0; left -= 1) {
    const step = anyStep();
    if (chance(0.45)) mishaps.push({ step, side: 'slack', fault: { ...pick(SLACK), times: whole(1, 2) } });
    else if (chance(0.1)) mishaps.push({ step, side: 'tokens' });
    else mishaps.push({ step, side: 'platform', fault: pick(PLATFORM), reach: { after: whole(0, 6) } });
  }
  return {
    kills,
    mishaps,
    restarts: chance(0.3) ? [whole(1, Math.max(1, steps))] : [],
    historyLag: chance(0.4) ? whole(1_000, LATEST) : 0,
  };
}

/** Slack does not take the post, and says nothing from which the bot could tell. */
const NOT_TAKEN: readonly [SlackFault, ...SlackFault[]] = [
  { method: 'chat.postMessage', kind: 'reset-before' },
  { method: 'chat.postMessage', kind: 'status', status: 503 },
  { method: 'chat.postMessage', kind: 'error', error: 'internal_error' },
];
const AMBIGUOUS: readonly [SlackFault, ...SlackFault[]] = [
  { method: 'chat.postMessage', kind: 'lost-answer' },
  ...NOT_TAKEN,
];

const SLACK: readonly [SlackFault, ...SlackFault[]] = [
  ...AMBIGUOUS,
  { method: 'chat.postMessage', kind: 'lost-answer' },
  { method: 'chat.postMessage', kind: 'hang' },
  { method: 'chat.postMessage', kind: 'status', status: 500 },
  { method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 2 },
  { method: 'chat.postMessage', kind: 'rate-limit', retryAfter: 20 },
  { method: 'chat.postMessage', kind: 'error', error: 'fatal_error' },
  { method: 'chat.postMessage', kind: 'error', error: 'token_revoked' },
  { method: 'chat.update', kind: 'lost-answer' },
  { method: 'chat.update', kind: 'hang' },
  { method: 'chat.update', kind: 'reset-before' },
  { method: 'chat.update', kind: 'status', status: 502 },
  { method: 'chat.update', kind: 'rate-limit', retryAfter: 10 },
  { method: 'chat.update', kind: 'error', error: 'internal_error' },
  { method: 'conversations.history', kind: 'rate-limit', retryAfter: 5 },
  { method: 'conversations.history', kind: 'status', status: 500 },
  { method: 'conversations.history', kind: 'reset-before' },
  { method: 'conversations.replies', kind: 'rate-limit', retryAfter: 5 },
  { method: 'conversations.replies', kind: 'error', error: 'internal_error' },
  { method: 'auth.test', kind: 'status', status: 503 },
];

const PLATFORM: readonly [PlatformFault, ...PlatformFault[]] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, shape: 'other' },
  { kind: 'status', status: 403, code: '1010009', shape: 'b' },
  { kind: 'status', status: 403, code: '1010005', shape: 'b' },
  { kind: 'error-under-200', code: '50252' },
  { kind: 'html', status: 502 },
  { kind: 'html' },
  { kind: 'cut-json' },
  { kind: 'empty' },
  { kind: 'no-content' },
  { kind: 'reset' },
  { kind: 'reset', afterHandling: true },
  { kind: 'hang' },
];
