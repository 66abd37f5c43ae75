import type { ModalView } from '@slack/types';

/** The modal's callback id, which identifies its submission. */
export const DEVICE_MODAL = 'look_up';
/** The block and action id of the input field. */
export const DEVICE_INPUT = 'look_up_id';

/** Asks for the id of a device. */
export function deviceModal(): ModalView {
  return {
    type: 'modal',
    callback_id: DEVICE_MODAL,
    title: { type: 'plain_text', text: 'Look up a device' },
    submit: { type: 'plain_text', text: 'Look up' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: DEVICE_INPUT,
        label: { type: 'plain_text', text: 'Id of the device' },
        hint: { type: 'plain_text', text: 'The id of an upgrade task is understood as well.' },
        element: { type: 'plain_text_input', action_id: DEVICE_INPUT, max_length: 256 },
      },
    ],
  };
}
