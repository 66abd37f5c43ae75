/** Runs `work` soon after each call, but at most once per `everyMs`; calls meanwhile are answered by one run. */
export interface Paced {
  (): void;
  stop(): void;
}

export function paced(work: () => void, everyMs: number, now: () => number = Date.now): Paced {
  let last = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    timer = undefined;
    last = now();
    work();
  };
  const ask = () => {
    timer ??= setTimeout(run, Math.max(0, last + everyMs - now()));
  };
  return Object.assign(ask, {
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  });
}
