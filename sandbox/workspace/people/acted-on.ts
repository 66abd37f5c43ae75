import type { Core } from '../core.ts';
import type { Channel, Person } from '../directory.ts';
import { asString } from '../json.ts';
import type { OpenedView, Readable } from '../types.ts';
import type { PressAct } from './acts.ts';

/** The message whose button a person presses, and its channel. Throws if it is not there. */
export function pressedSource({ directory, journal }: Core, act: PressAct) {
  if (act.ephemeralId !== undefined) {
    const source = journal.ephemerals.find((one) => one.id === act.ephemeralId && !one.deleted);
    if (source) return { channel: directory.channel(source.channel), source };
    throw new Error(`there is no ephemeral message ${act.ephemeralId}`);
  }
  const channel = directory.channel(act.channel ?? '');
  const source = journal.message(channel.id, act.messageTs ?? '');
  if (source) return { channel, source };
  throw new Error(`there is no message ${act.messageTs} in ${channel.name}`);
}

/** The view a person acts in: the one with this id, or the modal opened last. Throws if none is open. */
export function viewOpenFor({ journal }: Core, person: Person, viewId: string | undefined): OpenedView {
  const open = journal.views.filter((one) => !one.closed && one.user === person.id);
  const found =
    viewId === undefined
      ? open.filter((one) => one.type === 'modal').at(-1)
      : open.find((one) => one.id === viewId);
  if (found) return found;
  throw new Error(
    `${person.name} has no open view ${viewId ?? ''}; open are ${open.map((one) => one.id).join(', ')}`,
  );
}

/** Posts what a person writes. Resolves with the message's `ts`. */
export async function writeAs(
  { state, journal }: Core,
  person: Person,
  channel: Channel,
  content: Readable,
  threadTs?: string,
): Promise<string> {
  const { text } = content;
  const params = { channel: channel.id, text, ...(threadTs === undefined ? {} : { thread_ts: threadTs }) };
  const answer = await state.call('chat.postMessage', params, person.token);
  if (answer.ok !== true)
    throw new Error(`${person.name} cannot write in ${channel.name}: ${JSON.stringify(answer)}`);
  const ts = asString(answer.ts);
  const place = { ts, channel: channel.id, user: person.id, threadTs: threadTs ?? null };
  journal.addMessage({ ...place, broadcast: false, metadata: null }, content, null);
  return ts;
}
