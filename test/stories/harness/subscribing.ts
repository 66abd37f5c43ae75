import type { Seen } from './claims.ts';
import { OPS } from './environment.ts';
import type { Answer } from './people.ts';
import type { Story } from './story.ts';

/** Subscribes a channel as ana, and claims what the channel and what she alone gets to read. */
export async function subscribe(
  s: Story,
  line: string,
  channel = OPS,
): Promise<{ readonly answer: Answer; readonly confirmation: Seen }> {
  const answer = await s.people.ask('ana', `subscribe ${line}`, channel);
  const confirmation = await s.told({ kind: 'post', in: channel, to: 'everyone', says: [':bell:'] });
  return { answer, confirmation };
}

/** What a channel is told of, as its list names it: the lines in normal form. */
export async function subscriptionsOf(s: Story, channel = OPS): Promise<readonly string[]> {
  const { text, to } = await s.people.ask('ana', 'subscriptions', channel);
  if (to !== 'ana') throw new Error('the list of subscriptions is for whoever asked alone');
  return text.split('\n').flatMap((line) => /^`([^`]*)`/.exec(line)?.[1] ?? []);
}

/** A running task of so many devices. */
export function addRunning(s: Story, operationId: string, more: object = {}): void {
  const policy = { retryType: true, retryTimes: 2 };
  s.fleet.addTask({ operationId, status: 'processing', policy, tally: { total: 20 }, ...more });
}

/** Puts a task into a status and lets the bot look. */
export async function moves(s: Story, operationId: string, status: string): Promise<void> {
  s.fleet.setStatus(operationId, status);
  await s.poll();
}

/** Ended tasks of these models, so that nobody is asked whether there are such. */
export function addModels(s: Story, ...models: readonly string[]): void {
  for (const model of models) s.fleet.addTask({ status: 'success', targets: { model } });
}
