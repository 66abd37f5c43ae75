import type { Button, KnownBlock, StaticSelect } from '@slack/types';
import { MUTE_CHOICES } from '../../core/notification/mute.ts';
import { failedDevices } from '../../core/task/tally.ts';
import { ACTIONS } from '../blocks/actions.ts';
import { type ButtonLook, button } from '../blocks/message.ts';
import { cut } from '../blocks/text.ts';
import type { RootState } from './root-state.ts';

/** The controls under a root message: details, devices, reasons, acknowledge, mute. */
export function rootButtons(
  { watched: { task, active, vanishedAt }, failures, acknowledgement, mute }: RootState,
  troubled: boolean,
): KnownBlock {
  const press = (actionId: string, label: string, style?: ButtonLook['style']): Button =>
    button({ actionId, label, value: cut(task.operationId, 2_000), ...(style && { style }) });
  // A task that ended well does not change any more; a failed one can be retried.
  const canMove = vanishedAt === null && (active || task.status === 'failed');
  const failed = (failedDevices(task.tally) ?? 0) > 0 || failures !== null;
  return {
    type: 'actions',
    elements: [
      press(ACTIONS.taskDetails, 'Details'),
      ...(troubled ? [press(ACTIONS.taskDevices, 'Devices')] : []),
      ...(failed ? [press(ACTIONS.taskReasons, 'Reasons')] : []),
      ...(troubled && acknowledgement === null
        ? [press(ACTIONS.acknowledgeTask, 'Acknowledge', 'primary')]
        : []),
      ...(mute !== null ? [press(ACTIONS.unmuteTask, 'Unmute')] : canMove ? [muteSelect()] : []),
    ],
  };
}

/** The message identifies the task: an option's value has no room for an id. */
function muteSelect(): StaticSelect {
  return {
    type: 'static_select',
    action_id: ACTIONS.muteTask,
    placeholder: { type: 'plain_text', text: 'Mute' },
    options: MUTE_CHOICES.map(({ value, label }) => ({ text: { type: 'plain_text', text: label }, value })),
  };
}
