import type { QuestionParts } from '../../answer/answer.ts';
import type { PressParts } from '../on-press.ts';
import { openDetail } from './open-detail.ts';

/** Details: everything about one task, in a modal. */
export function taskDetails(parts: PressParts & QuestionParts) {
  return openDetail(parts, async (state) => state);
}
