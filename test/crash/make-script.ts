import { type Random, seededRandom } from '../../sandbox/platform/fleet/random.ts';
import { type Move, type Script, type Step, TIMES } from './script.ts';

/** So many downtimes at the most: together they lead to no moment that decides anything. */
const MOST_DOWNTIMES = 3;
const MOST_LONG = 2;

/** A task as the script left it. */
interface Known {
  readonly id: string;
  status: 'wait' | 'processing' | 'failed' | 'success' | 'stop' | 'gone';
  readonly devices: number;
  success: number;
  fail: number;
  retries: number;
}

/** How far those things have come that happen once in a story. */
interface Course {
  ward: 'not-closed-yet' | 'closed' | 'opened';
  night: 'not-yet' | 'now' | 'over';
}

export interface ScriptSize {
  readonly fewest: number;
  readonly most: number;
}

/** The script of a seed: always the same for the same seed and size. */
export function makeScript(seed: number, { fewest, most }: ScriptSize = { fewest: 4, most: 9 }): Script {
  const random = seededRandom(seed);
  const tasks: Known[] = [];
  const chance = (share: number) => random() < share;
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const within = ({ from, to }: { readonly from: number; readonly to: number }) => whole(from, to);

  const create = (status: Extract<Move, { kind: 'create' }>['status']): Move => {
    const id = `op-${String(tasks.length + 1).padStart(3, '0')}`;
    const devices = whole(12, 40);
    tasks.push({
      ...{ id, status, devices, retries: 0 },
      ...{ success: status === 'success' ? devices : 0, fail: status === 'failed' ? devices : 0 },
    });
    const window = status !== 'failed' && status !== 'success' && chance(0.2);
    return {
      ...{ kind: 'create', id, status, devices, window },
      type: chance(0.6) ? 'firmware_upgrade' : 'software_upgrade',
    };
  };
  const anyStatus = () =>
    pick(random, ['wait', 'wait', 'processing', 'processing', 'failed', 'success'] as const);

  const moveOf = (task: Known): Move | null => {
    const { id } = task;
    if (task.status === 'wait') {
      if (chance(0.15)) return end(task, 'stop');
      task.status = 'processing';
      return { kind: 'start', id };
    }
    if (task.status === 'failed' && task.retries < 2) {
      task.status = 'processing';
      task.retries += 1;
      task.fail = 0;
      return { kind: 'recover', id };
    }
    if (task.status !== 'processing') return null;
    const open = task.devices - task.success - task.fail;
    if (open > 2 && chance(0.55)) {
      const ended = whole(1, open - 1);
      const fail = chance(0.5) ? whole(0, ended) : 0;
      task.success += ended - fail;
      task.fail += fail;
      return { kind: 'finish', id, success: ended - fail, fail };
    }
    return end(task, pick(random, ['failed', 'failed', 'success', 'stop'] as const));
  };
  const end = (task: Known, status: 'failed' | 'success' | 'stop'): Move => {
    if (status === 'failed') task.fail = task.devices - task.success;
    task.status = status;
    return { kind: 'end', id: task.id, status };
  };
  const movesOf = (most: number): Move[] => {
    const moves = shuffle(random, tasks)
      .slice(0, whole(1, most))
      .flatMap((task) => moveOf(task) ?? []);
    const born = whole(moves.length === 0 ? 1 : 0, 2);
    return [...moves, ...Array.from({ length: born }, () => create(anyStatus()))];
  };
  const storm = (): Move[] => {
    const alive = tasks.filter(({ status }) => status === 'processing');
    if (alive.length > 6 && chance(0.5)) return alive.map((task) => end(task, 'failed'));
    const status = pick(random, ['failed', 'processing', 'wait'] as const);
    return Array.from({ length: chance(0.15) ? whole(21, 26) : whole(6, 9) }, () => create(status));
  };
  /** Alone in its step: a sweep cannot see it, so that in company it would be told apart from the others now and then. */
  const vanish = (): Move[] => {
    const alive = tasks.filter(({ status }) => status === 'processing' || status === 'wait');
    const task = alive[whole(0, alive.length - 1)];
    if (!task) return movesOf(3);
    task.status = 'gone';
    return [{ kind: 'vanish', id: task.id }];
  };

  const before = Array.from({ length: whole(0, 4) }, () => create(anyStatus()));
  let downtimes = 0;
  let longs = 0;
  const course: Course = { ward: 'not-closed-yet', night: 'not-yet' };
  const later = (range: keyof typeof TIMES & ('small' | 'downtime' | 'long')): Omit<Step, 'moves'> => {
    if (range === 'downtime') downtimes += 1;
    if (range === 'long') {
      longs += 1;
      course.night = 'over';
    }
    return { jump: within(TIMES[range]), to: null, ward: null };
  };
  /** The first look after quiet hours finds nothing else: whether it does before or after they end is not decided. */
  const morning = (): Step => {
    course.night = 'over';
    return { jump: 0, to: TIMES.morning, ward: null, moves: [] };
  };
  /** Nor whether the first look after the channel was opened comes before or after what was kept for it is told. */
  const opening = (): Step => {
    course.ward = 'opened';
    return { ...later('small'), ward: 'opens', moves: [] };
  };
  const step = (): Step => {
    const soon = { ...later('small'), ...(chance(0.5) && { jump: 0 }) };
    const dice = random();
    if (dice < 0.13) return { ...soon, moves: storm() };
    if (dice < 0.22) return { ...soon, moves: vanish() };
    if (dice < 0.32 && downtimes < MOST_DOWNTIMES) return { ...later('downtime'), moves: movesOf(4) };
    if (dice < 0.38 && course.night === 'now') return morning();
    if (dice < 0.38 && longs < MOST_LONG) return { ...later('long'), moves: movesOf(2) };
    if (dice < 0.46 && course.night === 'not-yet') {
      course.night = 'now';
      return { ...soon, to: TIMES.evening, moves: movesOf(2) };
    }
    if (dice < 0.56 && course.ward === 'not-closed-yet') {
      course.ward = 'closed';
      // Something that has to be told there: only that makes the bot find out.
      return { ...soon, ward: 'closes', moves: [...movesOf(1), create('failed')] };
    }
    if (dice < 0.62 && course.ward === 'closed') return opening();
    return { ...soon, moves: movesOf(3) };
  };
  const steps = Array.from({ length: whole(fewest, most) }, step);
  const last = [
    ...(course.ward === 'closed' ? [opening()] : []),
    ...(course.night === 'now' ? [morning()] : []),
  ];
  return { seed, before, steps: [...steps, ...last] };
}

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

function shuffle<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
