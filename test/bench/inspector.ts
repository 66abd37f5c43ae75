import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

const answer = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) });

export interface Inspector {
  /** One command of the inspector's protocol. */
  call(method: string): Promise<Readonly<Record<string, unknown>>>;
  close(): void;
}

/** Connects to a process started with `--inspect`. */
export async function openInspector(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  let calls = 0;
  return {
    call(method) {
      calls += 1;
      const id = calls;
      socket.send(JSON.stringify({ id, method }));
      return new Promise((resolve) => {
        const listen = (data: unknown) => {
          const read = answer.safeParse(JSON.parse(String(data)));
          if (!read.success || read.data.id !== id) return;
          socket.off('message', listen);
          resolve(read.data.result);
        };
        socket.on('message', listen);
      });
    },
    close: () => socket.close(),
  };
}
