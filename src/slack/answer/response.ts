import type { KnownBlock } from '@slack/types';
import type { Message } from '../../render/blocks/message.ts';
import type { Answer } from './answer.ts';

/** An answer in the format of response URLs. */
export interface Response {
  readonly response_type: 'in_channel' | 'ephemeral';
  readonly replace_original?: boolean;
  /** The thread to answer in, for a public answer beside the original message. */
  readonly thread_ts?: string;
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Delivers an answer, as text if its blocks are refused. Rejects if it may not have arrived. */
export type Show = (answer: Response) => Promise<unknown>;

/** An answer as a response to its audience. */
export function responseOf({ message, audience }: Answer): Response {
  return {
    response_type: audience === 'channel' ? 'in_channel' : 'ephemeral',
    text: message.text,
    blocks: [...message.blocks],
  };
}

/** A message for the user alone, beside the pressed message. */
export function privately(message: Message): Response {
  return {
    response_type: 'ephemeral',
    replace_original: false,
    text: message.text,
    blocks: [...message.blocks],
  };
}

/** A sentence for the user alone. The text is ours and contains nothing that needs escaping. */
export function sayPrivately(text: string): Response {
  return { response_type: 'ephemeral', replace_original: false, text, blocks: [] };
}
