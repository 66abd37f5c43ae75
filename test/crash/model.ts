import type { ChangeKind } from '../../src/core/change/changes.ts';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import { type Move, type Script, TIMES } from './script.ts';

/** What a channel has to hear of one task in one step. */
export interface Expected {
  readonly step: number;
  readonly id: string;
  /** Empty: it is heard of for the first time, and its message shows how it stands. */
  readonly kinds: ReadonlySet<ChangeKind>;
}

/** A task as the model knows it. Devices count, not which ones they are. */
interface Modelled {
  readonly firmware: boolean;
  status: 'wait' | 'processing' | 'failed' | 'success' | 'stop';
  readonly total: number;
  success: number;
  fail: number;
  movedAt: number;
  readonly windowEnds: number;
  failing: boolean;
  stalled: boolean;
  overdue: boolean;
  gone: boolean;
}

type Wish = Pick<Subscription, 'kinds'> & { readonly firmwareOnly: boolean };

/** The settings of the bot, as they are when nobody sets them. */
const FAILING = { percent: 5, devices: 10 } as const;

/**
 * Says from the script alone what a channel that is always open has to hear: the promises of the design in a few rules,
 * written down a second time. Without it, what is lost in every run the same would never be missed.
 */
export function expectStory(script: Script, { kinds, firmwareOnly }: Wish): readonly Expected[] {
  const tasks = new Map<string, Modelled>();
  const told = new Set<string>();
  const expected: Expected[] = [];
  let now = 0;
  for (const [index, { jump, to, moves }] of script.steps.entries()) {
    if (index === 0) for (const move of script.before) makeMove(tasks, move, now);
    for (const task of tasks.values()) if (index === 0) raiseAlarms(task, now);
    now = Math.max(now + jump, to ?? 0);
    const moved = new Map(moves.map((move) => [move.id, makeMove(tasks, move, now)]));
    for (const [id, task] of tasks) {
      const changes = [...(moved.get(id) ?? []), ...raiseAlarms(task, now)];
      if (changes.length === 0) continue;
      if (told.has(id)) expected.push({ step: index + 1, id, kinds: new Set(changes) });
      else if ((task.firmware || !firmwareOnly) && changes.some((kind) => kinds.includes(kind))) {
        told.add(id);
        expected.push({ step: index + 1, id, kinds: new Set() });
      }
    }
  }
  return expected;
}

/** Makes a move and says what changed by it, but for progress, which is only ever shown. */
function makeMove(tasks: Map<string, Modelled>, move: Move, now: number): readonly ChangeKind[] {
  if (move.kind === 'create') {
    const { status, devices } = move;
    tasks.set(move.id, {
      ...{ firmware: move.type === 'firmware_upgrade', status, total: devices, movedAt: now, gone: false },
      ...{ success: status === 'success' ? devices : 0, fail: status === 'failed' ? devices : 0 },
      ...{ failing: false, stalled: false, overdue: false },
      windowEnds: move.window ? now + TIMES.window : Number.POSITIVE_INFINITY,
    });
    if (status === 'failed') return ['failed'];
    if (status === 'success') return ['succeeded'];
    return status === 'wait' ? ['created'] : ['created', 'started'];
  }
  const task = tasks.get(move.id);
  if (!task) throw new Error(`${move.id} does not exist`);
  const wasStalled = task.stalled;
  Object.assign(task, { movedAt: now, stalled: false });
  switch (move.kind) {
    case 'start':
      task.status = 'processing';
      return ['started'];
    case 'finish':
      task.success += move.success;
      task.fail += move.fail;
      return wasStalled ? ['resumed'] : [];
    case 'end':
      task.status = move.status;
      if (move.status === 'failed') task.fail = task.total - task.success;
      return [ENDED[move.status]];
    case 'recover':
      Object.assign(task, { status: 'processing', fail: 0, failing: false, overdue: false });
      return ['recovered'];
    case 'vanish':
      task.gone = true;
      return ['vanished'];
  }
}

const ENDED = { failed: 'failed', success: 'succeeded', stop: 'stopped' } as const;

function raiseAlarms(task: Modelled, now: number): readonly ChangeKind[] {
  const { status, success, fail, movedAt } = task;
  if (task.gone || (status !== 'processing' && status !== 'wait')) return [];
  const finished = success + fail;
  const failing =
    status === 'processing' && finished >= FAILING.devices && fail * 100 > FAILING.percent * finished;
  const stalled = status === 'processing' && now - movedAt >= TIMES.stalledAfter;
  const overdue = now > task.windowEnds;
  const raised: ChangeKind[] = [
    ...(failing && !task.failing ? (['failing'] as const) : []),
    ...(stalled && !task.stalled ? (['stalled'] as const) : []),
    ...(overdue && !task.overdue ? (['overdue'] as const) : []),
  ];
  task.failing ||= failing;
  task.stalled ||= stalled;
  task.overdue ||= overdue;
  return raised;
}
