/** What the stream of a body that is too large ends with. */
export const BODY_TOO_LARGE = 'BODY_TOO_LARGE';

/**
 * Lets so many bytes through and then ends with an error. Put behind the decompression, since three megabytes of gzip can
 * become gigabytes, of which a limit on what comes over the wire knows nothing.
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
