import type { ModalView } from '@slack/types';
import { type Message, section } from '../blocks/message.ts';

export interface AnswerModal {
  readonly title: string;
  /** Given back with every press in it. */
  readonly metadata?: string;
}

/** An answer in a modal, where only the person who asked sees it. Without blocks, its text. */
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

/** Shown while the answer is being looked for. */
export function loadingModal(modal: AnswerModal): ModalView {
  return answerModal({ text: ':hourglass_flowing_sand: Looking…' }, modal);
}
