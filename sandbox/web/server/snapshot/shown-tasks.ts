import type { SimulatedTask } from '../../../platform/index.ts';
import type { ControlState } from '../../contract.ts';

type ShownTask = ControlState['tasks'][number];

const MOST = 24;

/** Tasks for the control panel: those that run, then those that wait, then the rest; newest first. */
export function shownTasks(tasks: readonly SimulatedTask[]): readonly ShownTask[] {
  return [...tasks]
    .sort((a, b) => rank(a) - rank(b) || b.createTime - a.createTime)
    .slice(0, MOST)
    .map((task) => ({
      operationId: task.operationId,
      name: nameOf(task),
      status: task.status,
      total: task.tally.total,
      done: task.tally.success + task.tally.fail + task.tally.timeout + task.tally.stop,
      failed: task.tally.fail + task.tally.timeout,
      stalled: task.heldSince !== null,
    }));
}

function rank({ status }: SimulatedTask): number {
  return status === 'processing' ? 0 : status === 'wait' ? 1 : 2;
}

/** What a person would call it; the platform gives tasks no name. */
function nameOf({ type, targets }: SimulatedTask): string {
  const what = type.startsWith('software') ? 'Software' : 'Firmware';
  const { devices, deviceGroups, deviceType, model } = targets;
  if (devices.length > 0)
    return `${what} · ${devices.length} single device${devices.length === 1 ? '' : 's'}`;
  return [what, [deviceType, model].filter(Boolean).join(' '), ...deviceGroups].join(' · ');
}
