import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What was sent to a response URL. */
export interface PostBox {
  readonly url: string;
  readonly letters: readonly string[];
  close(): Promise<void>;
}

/** An address that takes answers as a response URL does, and keeps them to be read. */
export async function openPostBox(): Promise<PostBox> {
  const letters: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((letter) => {
      letters.push(letter);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server listening on a TCP port always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/answer`,
    letters,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
