import type { Core } from '../core.ts';
import type { JsonObject } from '../json.ts';
import { APP } from './slack-state.ts';

/**
 * Takes a message away, as its author or a person of the workspace may. Of one that has replies a placeholder stays, whose
 * thread goes on (Slack calls it a tombstone: https://github.com/slack-edge/slack-edge/pull/10); it goes with its last reply.
 */
export async function removeMessage(
  core: Core,
  channel: string,
  ts: string,
  kind: 'delete' | 'response' | null,
): Promise<JsonObject> {
  const { state, journal } = core;
  const message = journal.message(channel, ts);
  if (!message || message.tombstone) return { ok: false, error: 'message_not_found' };
  if (journal.repliesTo(channel, ts).length > 0) {
    journal.entomb(channel, ts, kind);
    return { ok: true, channel, ts };
  }
  const answer = await state.call('chat.delete', { channel, ts }, authorOf(core, message.user));
  if (answer.ok !== true) return answer;
  journal.deleteMessage(channel, ts, kind);
  const parent = message.threadTs === null ? undefined : journal.message(channel, message.threadTs);
  if (parent?.tombstone && journal.repliesTo(channel, parent.ts).length === 0) {
    await state.call('chat.delete', { channel, ts: parent.ts }, authorOf(core, parent.user));
    journal.deleteMessage(channel, parent.ts, null);
  }
  return answer;
}

/** emulate lets only authors delete; who may do it in Slack is asked before. */
function authorOf({ state, directory }: Core, user: string): string {
  return user === APP.botUserId ? state.systemToken : directory.person(user).token;
}
