import type { Answer } from './gate.ts';

/** A history that shows a message only a while after it was posted, as Slack's does now and then. */
export interface HistoryLag {
  /** Slack answered a post like this. */
  posted(answer: string): void;
  read(method: string, answer: Answer): Answer;
}

export function lagging(now: () => number, lag: number): HistoryLag {
  const postedAt = new Map<string, number>();
  const hidden = (message: unknown) => {
    const at = postedAt.get(tsOf(message));
    return at !== undefined && now() - at < lag;
  };
  return {
    posted(answer) {
      const ts = tsOf(JSON.parse(answer));
      if (ts !== '') postedAt.set(ts, now());
    },
    read(method, answer) {
      if (lag === 0 || !method.startsWith('conversations.')) return answer;
      const body: unknown = JSON.parse(answer.body);
      const messages: unknown = typeof body === 'object' && body !== null && Reflect.get(body, 'messages');
      if (!Array.isArray(messages)) return answer;
      const shown = messages.filter((message) => !hidden(message));
      return { ...answer, body: JSON.stringify({ ...Object(body), messages: shown }) };
    },
  };
}

function tsOf(message: unknown): string {
  const ts: unknown = typeof message === 'object' && message !== null && Reflect.get(message, 'ts');
  return typeof ts === 'string' ? ts : '';
}
