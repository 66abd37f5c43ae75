import type { IncomingMessage } from 'node:http';
import type { HttpLimits } from './limits.ts';

export type BodyReading =
  | { readonly kind: 'whole'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  /** All unfinished bodies together are too large. */
  | { readonly kind: 'no-room' }
  /** The sender disconnected or took too long. */
  | { readonly kind: 'broken-off' };

export type ReadBody = (request: IncomingMessage) => Promise<BodyReading>;

/** Reads bodies, with one limit for each and another for all incomplete ones. Never rejects. */
export function createBodyReader(limits: Pick<HttpLimits, 'body' | 'unfinished'>): ReadBody {
  let unfinished = 0;
  return (request) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (reading: BodyReading) => {
        unfinished -= size;
        size = 0;
        request.off('data', take).off('end', end).off('close', breakOff).pause();
        resolve(reading);
      };
      const take = (chunk: Buffer) => {
        size += chunk.length;
        unfinished += chunk.length;
        chunks.push(chunk);
        if (size > limits.body) finish({ kind: 'too-large' });
        else if (unfinished > limits.unfinished) finish({ kind: 'no-room' });
      };
      const end = () => finish({ kind: 'whole', body: Buffer.concat(chunks) });
      const breakOff = () => finish({ kind: 'broken-off' });
      if (Number(request.headers['content-length'] ?? 0) > limits.body) return finish({ kind: 'too-large' });
      // Requests emit `error` along with `close`; without a listener it would end the process.
      request.on('data', take).on('end', end).on('close', breakOff).on('error', breakOff);
    });
}
