import type { Answer, Call } from './gate.ts';

/** Ways to break the world so that the bot must fail: they prove that the comparison sees it. */
export const SABOTAGES = ['loses-a-post', 'hides-metadata', 'mistakes-a-thread'] as const;
export type Sabotage = (typeof SABOTAGES)[number];

/** A Slack that does wrong, seen from the gate before it. */
export interface WrongSlack {
  before(call: Call, method: string): Call | { readonly answer: Answer };
  after(answer: Answer, method: string): Answer;
}

/** A Slack with one fault of its own; null leaves it as it is. */
export function wrongSlack(sabotage: Sabotage | null): WrongSlack {
  let posts = 0;
  const roots: string[] = [];
  return {
    before(call, method) {
      if (method !== 'chat.postMessage') return call;
      posts += 1;
      if (sabotage === 'loses-a-post' && posts === 4) return { answer: accepted(call) };
      return sabotage === 'mistakes-a-thread' ? underAnother(call, roots[0]) : call;
    },
    after(answer, method) {
      if (method === 'chat.postMessage') {
        const ts: unknown = parsed(answer.body).ts;
        if (typeof ts === 'string') roots.push(ts);
      }
      const history = method === 'conversations.history' || method === 'conversations.replies';
      return sabotage === 'hides-metadata' && history
        ? { ...answer, body: answer.body.replaceAll('"metadata"', '"hidden"') }
        : answer;
    },
  };
}

/** Says that it took the message, and forgets it. */
function accepted({ body }: Call): Answer {
  const form = new URLSearchParams(body);
  const [channel, thread] = [form.get('channel'), form.get('thread_ts')];
  const message = thread === null ? {} : { thread_ts: thread };
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ok: true, channel, ts: '1700000000.000001', message }),
  };
}

/** Puts a reply under the first message that was ever posted. */
function underAnother(call: Call, root: string | undefined): Call {
  const form = new URLSearchParams(call.body);
  if (root === undefined || !form.has('thread_ts')) return call;
  form.set('thread_ts', root);
  return { ...call, body: form.toString() };
}

function parsed(body: string): Record<string, unknown> {
  const value: unknown = JSON.parse(body);
  // Every answer of the Web API is an object.
  return value as Record<string, unknown>;
}
