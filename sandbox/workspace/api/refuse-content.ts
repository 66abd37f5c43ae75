import type { ApiAnswer, Core } from '../core.ts';
import type { RefusedMessage } from '../types.ts';
import type { BlockProblem } from './check-blocks.ts';

/** Notes the violations and answers as Slack does: the first error's code, and every problem with its pointer. */
export function violationAnswer(
  core: Core,
  method: string,
  problems: readonly BlockProblem[],
  refused: RefusedMessage | null = null,
): ApiAnswer {
  for (const { pointer, message } of problems)
    core.journal.addViolation({ method, pointer, message, refused });
  const errors = problems.map((one) => `${one.message} [json-pointer:${one.pointer}]`);
  const messages = errors.map((one) => `[ERROR] ${one}`);
  const error = problems[0]?.code ?? 'invalid_blocks';
  return { status: 200, body: { ok: false, error, errors, response_metadata: { messages } } };
}
