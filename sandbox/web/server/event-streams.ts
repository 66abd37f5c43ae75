import type { ServerResponse } from 'node:http';
import { paced } from './paced.ts';

/** At most so many snapshots a second. */
const EVERY_MS = 100;
/** A comment keeps proxies and browsers from taking a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000;
/** The fleet moves by itself, which no change of the workspace tells. */
const LOOK_MS = 1_000;

/** The pages that look on. Each gets whole snapshots, and none twice in a row. */
export interface EventStreams {
  /** Takes the response for good; `snapshot` yields the JSON of what this page shows now. */
  open(response: ServerResponse, snapshot: () => string): void;
  /** Something changed. */
  changed(): void;
  close(): void;
}

export function createEventStreams(): EventStreams {
  const streams = new Set<{ look(): void; end(): void }>();
  const lookAll = () => {
    for (const stream of streams) stream.look();
  };
  const changed = paced(lookAll, EVERY_MS);
  const clock = setInterval(changed, LOOK_MS);
  return {
    changed,
    open(response, snapshot) {
      let last = '';
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
      const stream = {
        look() {
          // A page that does not keep up gets the newest snapshot once it has read the ones before.
          if (response.writableNeedDrain) return;
          const next = snapshot();
          if (next === last) return;
          last = next;
          response.write(`data: ${next}\n\n`);
        },
        end: () => response.end(),
      };
      streams.add(stream);
      response.on('close', () => {
        clearInterval(heartbeat);
        streams.delete(stream);
      });
      response.on('drain', changed);
      stream.look();
    },
    close() {
      clearInterval(clock);
      changed.stop();
      for (const stream of streams) stream.end();
    },
  };
}
