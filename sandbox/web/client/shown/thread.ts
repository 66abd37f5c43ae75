import type { ShownMessage } from '../../contract.ts';

/** The replies to a message, oldest first. */
export function repliesOf(messages: readonly ShownMessage[], rootTs: string): readonly ShownMessage[] {
  return messages.filter(({ ts, threadTs }) => threadTs === rootTs && ts !== rootTs);
}

/** The root of the thread a message stands in or would begin. */
export function rootTsOf({ ts, threadTs }: ShownMessage): string {
  return threadTs ?? ts;
}

/** What leads to a thread: `1 reply`, `3 replies`. */
export function replyCount(replies: readonly ShownMessage[]): string {
  return replies.length === 1 ? '1 reply' : `${replies.length} replies`;
}

/** Who wrote the replies, each once, newest last; at most `most` of them. */
export function replyAuthors(replies: readonly ShownMessage[], most: number): readonly string[] {
  return [...new Set(replies.map(({ author }) => author))].slice(-most);
}
