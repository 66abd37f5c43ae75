import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net';

/** A place on the way to a server, seen as bytes: where a network fails, it does not say so in words. */
export interface TcpProxy {
  /** The address of a server behind it, led through it. */
  through(url: string): string;
  /** Nothing passes any more, in either direction; connections stay open, new ones are taken and hear nothing. */
  silence(): void;
  /** Every connection is reset, and so is every new one. */
  reset(): void;
  /** Gives up every connection without a word: what is sent on one of them next is answered with a reset. */
  forget(): void;
  /** All is well again. What was said meanwhile arrives now, as after a network that lost it for a while. */
  heal(): void;
  close(): Promise<void>;
}

type State = 'open' | 'silent' | 'resetting';

/** Opens a proxy to the server of this address. */
export async function openTcpProxy(upstream: string): Promise<TcpProxy> {
  const target = new URL(upstream);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: State = 'open';

  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (state === 'resetting') {
      client.resetAndDestroy();
      return;
    }
    const database = dial({ host: target.hostname, port: Number(target.port), allowHalfOpen: true });
    const pair = [client, database] as const;
    pairs.add(pair);
    join(client, database);
    join(database, client);
    if (state === 'silent') hush(pair);
    for (const [one, other] of [pair, [database, client] as const]) {
      one.on('error', () => other.destroy());
      one.once('close', () => {
        // A connection that is closed while nothing passes is not heard of at the other side.
        if (state !== 'silent') other.destroy();
        if (client.destroyed && database.destroyed) pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server listening on a TCP port always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    through(url) {
      const led = new URL(url);
      led.hostname = '127.0.0.1';
      led.port = String(port);
      return led.href;
    },
    silence() {
      state = 'silent';
      for (const pair of pairs) hush(pair);
    },
    reset() {
      state = 'resetting';
      for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    },
    forget() {
      for (const [client, database] of pairs) {
        client.removeAllListeners('data').once('data', () => {
          client.resetAndDestroy();
          database.resetAndDestroy();
        });
      }
    },
    heal() {
      state = 'open';
      for (const [client, database] of pairs) {
        client.resume();
        database.resume();
        if (client.destroyed) database.end();
        if (database.destroyed) client.destroy();
      }
    },
    close: () =>
      new Promise((resolve) => {
        state = 'resetting';
        server.close(() => resolve());
        for (const pair of pairs) for (const socket of pair) socket.destroy();
      }),
  };
}

/** Leads what one says to the other, and its end. */
function join(from: Socket, to: Socket): void {
  from.on('data', (bytes) => void to.write(bytes));
  from.once('end', () => to.end());
}

/** What arrives waits in the kernel, unread. */
function hush(pair: readonly [Socket, Socket]): void {
  for (const socket of pair) socket.pause();
}
