import { applyMoves } from './apply-moves.ts';
import type { Hangs } from './hangs.ts';
import type { JumpingClock } from './jumping-clock.ts';
import { type Runner, StuckError } from './runner.ts';
import type { Script, Step } from './script.ts';
import type { Stage } from './stage.ts';
import type { KillOrder } from './tripwire.ts';
import type { Mishap, Trouble } from './trouble.ts';

/** A step in which the bot was started or looked so often without success will never end. */
const MOST_TRIES = 60;
/** A step that took longer on the clock than this, in milliseconds, ends with a look that finds nothing new. */
const LONG = 60_000;
/** How long after a look that failed the next one comes, in milliseconds. */
const NEXT_LOOK = 5_000;
const SECOND = 1_000;
/** The clocks of two processes may differ by a little. Milliseconds. */
const INTO_SECOND = 50;

export interface PlayParts {
  readonly stage: Pick<Stage, 'platform' | 'workspace'>;
  readonly clock: JumpingClock;
  readonly runner: Runner;
  readonly arm: (order: KillOrder) => void;
  readonly hangs: Hangs;
  /** When the story began, by the clock. */
  readonly begun: number;
  /** Called when a step begins. */
  readonly onStep?: () => void;
  /** Opens the channel that was closed, and has the bot take it up again. */
  readonly openWard: () => Promise<void>;
}

/**
 * Plays a script from its beginning, with all the trouble on the way, until everything was told. Returns how many posts
 * Slack had taken at the end of each step.
 */
export async function playScript(
  script: Script,
  trouble: Trouble,
  parts: PlayParts,
): Promise<readonly number[]> {
  const { stage, clock, runner } = parts;
  const marks: number[] = [];
  const steps: readonly Step[] = [{ jump: 0, to: null, ward: null, moves: script.before }, ...script.steps];
  for (const [index, step] of steps.entries()) {
    if (trouble.restarts.includes(index)) await runner.stop();
    if (step.ward === 'opens') await parts.openWard();
    for (const order of trouble.kills) if (order.step === index) parts.arm(order);
    for (const mishap of trouble.mishaps) if (mishap.step === index) befall(mishap, parts);
    parts.onStep?.();
    let moved = false;
    const move = () => {
      if (moved) return;
      moved = true;
      clock.jump(Math.max(step.jump, step.to === null ? 0 : parts.begun + step.to - clock.now()));
      // The platform tells times in whole seconds. All that happens at once falls into one, on a slow machine as well, and
      // not into the one of the look before: whether that came first, nobody could tell.
      clock.jump(SECOND - (clock.now() % SECOND) + INTO_SECOND);
      if (step.ward === 'closes') stage.workspace.changeChannel('ward', { archived: true });
      applyMoves(stage.platform.fleet, step.moves);
      movedAt = clock.now();
    };
    let movedAt = clock.now();
    await tell(index, move);
    // It keeps the watch's own time from falling behind: minutes lost by trouble must not add up to a downtime.
    if (clock.now() - movedAt > LONG) await tell(index, () => undefined);
    stage.platform.faults.clear();
    stage.workspace.clearFaults();
    marks.push(stage.workspace.posts.length);
  }
  return marks;

  async function tell(step: number, move: () => void): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const looked = await runner.look(move);
      if (looked === 'failed') {
        // What is on its way arrives before the time moves on: nothing travels for seconds.
        if ((await runner.settle('not-seen')) === 'settled') clock.jump(NEXT_LOOK);
      }
      if (looked === 'good' && (await runner.settle('seen')) === 'settled') return;
    }
    throw new StuckError(`step ${step} did not end`);
  }
}

function befall(mishap: Mishap, { stage, hangs }: PlayParts): void {
  switch (mishap.side) {
    case 'platform': {
      const queued = stage.platform.faults.add(mishap.fault, mishap.reach);
      const used = () => queued.hits > 0;
      if (mishap.fault.kind === 'hang') hangs.add({ used, clear: () => queued.clear() }, 'given-up');
      return;
    }
    case 'slack': {
      const handle = stage.workspace.fault(mishap.fault);
      const used = () => handle.remaining < (mishap.fault.times ?? 1);
      if (mishap.fault.kind === 'hang') hangs.add({ used, clear: () => handle.clear() }, 'noticed');
      return;
    }
    case 'tokens':
      stage.platform.forgetTokens();
      return;
  }
}
