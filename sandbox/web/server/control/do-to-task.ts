import { FAILURE_REASONS, type Fleet, type Random, spreadCourses } from '../../../platform/index.ts';
import type { ControlAct } from '../../contract.ts';

type Does = Extract<ControlAct, { kind: 'task' }>['does'];

const MINUTE = 60_000;
/** Shares of a task that one press fails or finishes: enough for the bot to have something to tell. */
const FAIL_SHARE = 0.08;
const FINISH_SHARE = 0.25;

/** Does one thing to one task. What cannot be done is an error with a sentence for people. */
export function doToTask(fleet: Fleet, operationId: string, does: Does, random: Random): void {
  const task = fleet.task(operationId);
  if (task === undefined) throw new Error(`There is no task ${operationId} in the simulated fleet.`);
  const { total, wait, processing } = task.tally;
  const open = wait + processing;
  const some = (share: number) => Math.min(open, Math.max(1, Math.round(total * share)));
  const running = task.status === 'processing' || task.status === 'wait';
  if (does !== 'retry' && !running) throw new Error(`Task ${operationId} has ended; it can only be retried.`);
  switch (does) {
    case 'fail-devices': {
      const reason = FAILURE_REASONS[Math.floor(random() * FAILURE_REASONS.length)] ?? FAILURE_REASONS[0];
      fleet.finishDevices(operationId, { fail: some(FAIL_SHARE), reason });
      return;
    }
    case 'finish-devices':
      fleet.finishDevices(operationId, { success: some(FINISH_SHARE) });
      return;
    case 'stall':
      fleet.holdTask(operationId);
      return;
    case 'go-on':
      fleet.releaseTask(operationId);
      return;
    case 'stop':
      fleet.stopTask(operationId);
      return;
    case 'fail':
      fleet.setStatus(operationId, 'failed');
      return;
    case 'retry':
      retry(fleet, operationId, total);
  }
}

/** A retry that works: the simulated people behind the panel may retry whatever the policy says. */
function retry(fleet: Fleet, operationId: string, total: number): void {
  if (fleet.task(operationId)?.status !== 'failed')
    throw new Error(`Task ${operationId} has not failed; only failed tasks can be retried.`);
  fleet.retryTask(operationId, { force: true });
  const devices = spreadCourses({ devices: total, firstEndsAfter: 5 * MINUTE, lastEndsAfter: 45 * MINUTE });
  fleet.replan(operationId, { devices });
}
