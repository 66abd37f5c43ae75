import type { ControlAct, ControlState } from '../../contract.ts';

type Deed = Extract<ControlAct, { kind: 'task' }>['does'];
type Task = ControlState['tasks'][number];

/** What can be done to a task, by what it is called on the panel. */
export function taskDeeds({
  status,
  stalled,
}: Pick<Task, 'status' | 'stalled'>): readonly { does: Deed; label: string }[] {
  if (status === 'processing' || status === 'wait') {
    return [
      { does: 'fail-devices', label: 'Fail some devices' },
      { does: 'finish-devices', label: 'Finish some devices' },
      stalled ? { does: 'go-on', label: 'Go on' } : { does: 'stall', label: 'Stall' },
      { does: 'fail', label: 'Fail the task' },
      { does: 'stop', label: 'Stop the task' },
    ];
  }
  return status === 'failed' ? [{ does: 'retry', label: 'Retry' }] : [];
}
