import type { Answer, WireError } from '../server/answers.ts';

/** What a call comes to: an answer, or an error whose shape is decided later. */
export type CallAnswer = Answer | WireError;

export function isError(answer: CallAnswer): answer is WireError {
  return 'code' in answer;
}
