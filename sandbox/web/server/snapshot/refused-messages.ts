import type { RefusedMessage, Violation } from '../../../workspace/types.ts';
import type { ShownMessage } from '../../contract.ts';

const MOST = 20;

/** Messages Slack would not have taken, at the moment they were sent, each with everything that is wrong with it. */
export function refusedMessages(
  violations: readonly Violation[],
  channel: string,
  me: string,
  botId: string,
): readonly ShownMessage[] {
  const here = violations.filter(
    ({ refused }) => refused?.channel === channel && (refused.user === null || refused.user === me),
  );
  // All violations of one message carry the very same object.
  return [...Map.groupBy(here, ({ refused }) => refused)]
    .slice(-MOST)
    .flatMap(([refused, of], place) => (refused === null ? [] : [shown(refused, of, place, botId)]));
}

/** What was refused and would stand in no message: views, and what has no channel. */
export function otherViolations(violations: readonly Violation[]): readonly string[] {
  return violations
    .filter(({ refused }) => refused === null)
    .slice(-MOST)
    .map(sentence);
}

function shown(
  refused: RefusedMessage,
  violations: readonly Violation[],
  place: number,
  botId: string,
): ShownMessage {
  const seconds = ((violations[0]?.at ?? 0) / 1000).toFixed(3);
  return {
    // Three digits of its own: two messages refused within a millisecond are still two.
    ts: `${seconds}${String(place).padStart(3, '0')}`,
    threadTs: refused.threadTs,
    author: botId,
    text: refused.text,
    blocks: refused.blocks,
    broadcast: false,
    edited: false,
    onlyYou: refused.user !== null,
    violations: violations.map(sentence),
  };
}

function sentence({ method, pointer, message }: Violation): string {
  return `${method} ${pointer}: ${message}`;
}
