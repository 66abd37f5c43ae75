import { isSafeId } from '../../../core/task/ids.ts';
import { onPress, type Press, type PressParts, refusePress } from '../on-press.ts';

/** A press on a button about one task. */
export interface TaskPress extends Press {
  readonly operationId: string;
}

/** A listener for message buttons about one task. The id is untrusted; an unsafe one gets an explanation. */
export function onTaskPress(parts: PressParts, work: (press: TaskPress) => Promise<void>) {
  return onPress(parts, (press) => {
    const operationId = press.action.value ?? '';
    if (!isSafeId(operationId)) return refusePress(parts, press, 'unreadable-value', UNUSABLE);
    return work({ ...press, operationId });
  });
}

const UNUSABLE = 'The id on this button is none the platform can be asked for, so nothing was asked.';
