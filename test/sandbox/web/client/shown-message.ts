import type { ShownMessage } from '../../../../sandbox/web/contract.ts';

/** A message for tests; `ts` in seconds. */
export function message(ts: number, more: Partial<ShownMessage> = {}): ShownMessage {
  return {
    ts: stamp(ts),
    threadTs: null,
    author: 'UANA',
    text: `message ${ts}`,
    blocks: [],
    broadcast: false,
    edited: false,
    onlyYou: false,
    violations: [],
    ...more,
  };
}

export function stamp(seconds: number): string {
  return `${seconds}.000000`;
}
