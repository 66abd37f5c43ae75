/** Error code of a stream whose body is too large. */
export const BODY_TOO_LARGE = 'BODY_TOO_LARGE';

/**
 * Passes through up to `most` bytes, then fails. It must run after decompression: three megabytes of gzip can
 * expand to gigabytes, which a limit on the wire size does not catch.
 */
export function limitBody(body: ReadableStream<Uint8Array>, most: number): ReadableStream<Uint8Array> {
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size <= most) return controller.enqueue(chunk);
        controller.error(Object.assign(new Error('The body is too large.'), { code: BODY_TOO_LARGE }));
      },
    }),
  );
}
