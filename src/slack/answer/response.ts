import type { KnownBlock } from '@slack/types';
import type { Message } from '../../render/blocks/message.ts';
import type { Answer } from './answer.ts';

/** An answer, in the words of response URLs. */
export interface Response {
  readonly response_type: 'in_channel' | 'ephemeral';
  readonly replace_original?: boolean;
  /** The thread to answer in, for what goes to the channel beside the message it came from. */
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Brings an answer to the person, as text where its blocks are refused. Rejects where it did not arrive, or where nobody knows. */
export type Show = (answer: Response) => Promise<unknown>;

/** An answer for whom it is for. */
export function responseOf({ message, audience }: Answer): Response {
  return {
    response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
    text: message.text,
    blocks: [...message.blocks],
  };
}

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
