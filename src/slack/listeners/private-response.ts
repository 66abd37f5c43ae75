import type { Message } from '../../render/blocks/message.ts';
import type { Response } from './guarded.ts';

/** A message for whoever pressed, beside the message that was pressed. */
export function privately(message: Message): Response {
  return {
    response_type: 'ephemeral',
    replace_original: false,
    text: message.text,
    blocks: [...message.blocks],
  };
}

/** A sentence for whoever pressed. The text is ours and holds nothing that would need escaping. */
export function sayPrivately(text: string): Response {
  return { response_type: 'ephemeral', replace_original: false, text, blocks: [] };
}
