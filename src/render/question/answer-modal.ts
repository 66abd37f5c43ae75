import type { ModalView } from '@slack/types';
import { type Message, section } from '../blocks/message.ts';

export interface AnswerModal {
  readonly title: string;
  /** Sent back with every press in the modal. */
  readonly metadata?: string;
}

/** An answer in a modal, visible only to the asker. Without blocks it shows the text. */
export function answerModal(
  { text, blocks = [] }: Pick<Message, 'text'> & Partial<Message>,
  { title, metadata }: AnswerModal,
): ModalView {
  return {
    type: 'modal',
    callback_id: 'answer',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Close' },
    ...(metadata !== undefined && { private_metadata: metadata }),
    blocks: blocks.length > 0 ? [...blocks] : [section(text)],
  };
}

/** Shown until the answer is there. */
export function loadingModal(modal: AnswerModal): ModalView {
  return answerModal({ text: ':hourglass_flowing_sand: Looking…' }, modal);
}
