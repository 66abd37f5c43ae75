import { subscribe } from 'node:diagnostics_channel';

/** Signs of work in this process: HTTP requests under way, and whatever else is noted. */
export interface Activity {
  readonly busy: () => boolean;
  /** Grows with every sign of work. */
  readonly count: () => number;
  readonly note: () => void;
  /** Counts this work as under way until it ends. */
  readonly during: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** No request of these tests lasts this long, in milliseconds: one whose end was missed must not stop the clock. */
const FORGOTTEN_AFTER = 10_000;

/** Observes every request that undici makes here, the built-in one and the installed one alike. */
export function observeActivity(): Activity {
  const underWay = new Map<object, number>();
  let signs = 0;
  const requestOf = (message: unknown): object | null => {
    const request: unknown =
      typeof message === 'object' && message !== null && Reflect.get(message, 'request');
    return typeof request === 'object' ? request : null;
  };
  const ended = (message: unknown) => {
    signs += 1;
    const request = requestOf(message);
    if (request) underWay.delete(request);
  };
  subscribe('undici:request:create', (message) => {
    signs += 1;
    const request = requestOf(message);
    if (request) underWay.set(request, performance.now());
  });
  subscribe('undici:request:trailers', ended);
  subscribe('undici:request:error', ended);
  return {
    busy() {
      for (const [request, since] of underWay) {
        if (performance.now() - since > FORGOTTEN_AFTER) underWay.delete(request);
      }
      return underWay.size > 0;
    },
    count: () => signs,
    note: () => {
      signs += 1;
    },
    during(work) {
      underWay.set(work, performance.now());
      return work.finally(() => {
        signs += 1;
        underWay.delete(work);
      });
    },
  };
}
