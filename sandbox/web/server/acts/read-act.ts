import { z } from 'zod';
import type { Act } from '../../contract.ts';

const user = z.string().min(1);
const word = z.string().min(1).max(3000);
const selected = z.union([z.string(), z.array(z.string())]).optional();
const target = { actionId: word.optional(), label: word.optional(), value: z.string().optional() };
const values = z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional();
const viewId = word.optional();

const task = z.object({
  kind: z.literal('task'),
  operationId: word,
  does: z.enum(['fail-devices', 'finish-devices', 'stall', 'go-on', 'stop', 'fail', 'retry']),
});

const control = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('speed'), speed: z.number().min(0).max(100_000) }),
  z.object({
    kind: z.literal('skip'),
    milliseconds: z
      .number()
      .min(0)
      .max(365 * 86_400_000),
  }),
  z.object({ kind: z.literal('start-task') }),
  task,
  z.object({ kind: z.literal('platform'), state: z.enum(['well', 'throttled', 'down']) }),
  z.object({ kind: z.literal('slack'), state: z.enum(['well', 'loses-next-answer', 'down']) }),
  z.object({ kind: z.literal('history-scopes'), granted: z.boolean() }),
  z.object({ kind: z.literal('kill-bot') }),
  z.object({ kind: z.literal('start-bot') }),
]);

/** Unknown members are left out, such as the `signature` with which tests forge requests. */
const act: z.ZodType<Act> = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('command'),
    user,
    channel: word,
    text: z.string().optional(),
    command: word.optional(),
  }),
  z.object({
    act: z.literal('press'),
    user,
    ...target,
    channel: word.optional(),
    messageTs: word.optional(),
    ephemeralId: word.optional(),
    selected,
  }),
  z.object({ act: z.literal('press-in-view'), user, ...target, viewId, selected, values }),
  z.object({ act: z.literal('submit-view'), user, viewId, values }),
  z.object({ act: z.literal('close-view'), user, viewId, values }),
  z.object({
    act: z.literal('say'),
    user,
    channel: word,
    text: z.string().min(1).max(12_000),
    mention: z.boolean().optional(),
    threadTs: word.optional(),
  }),
  z.object({ act: z.literal('shortcut'), user, callbackId: word }),
  z.object({ act: z.literal('message-shortcut'), user, callbackId: word, channel: word, messageTs: word }),
  z.object({ act: z.literal('open-home'), user }),
  z.object({ act: z.literal('control'), control }),
]);

/** The act a body holds, or a sentence about what is wrong with it. */
export function readAct(body: string): { readonly act: Act } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { problem: 'This is not JSON.' };
  }
  const read = act.safeParse(json);
  if (read.success) return { act: read.data };
  const [issue] = read.error.issues;
  return {
    problem: `This is no act of the page: ${issue?.path.join('.') || 'act'}: ${issue?.message ?? ''}`,
  };
}
