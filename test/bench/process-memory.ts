import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const SAMPLE_EVERY = 100;

/** Resident memory of a process as the operating system counts it, in megabytes (1,048,576 bytes), over some time. */
export interface MemoryWatch {
  /** Begins a new stretch and returns the samples of the one before. */
  next(): readonly number[];
  stop(): void;
}

/** What the process holds now: VmRSS, in megabytes. */
export function residentMegabytes(pid: number): number {
  return statusOf(pid, 'VmRSS');
}

/** One line of `/proc/<pid>/status`, in megabytes. */
export function statusOf(pid: number, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`the system does not tell ${name} of process ${pid}`);
  return Number(kilobytes) / 1_024;
}

/** Looks at the process ten times a second. */
export function watchMemory(pid: number): MemoryWatch {
  let samples: number[] = [];
  let running = true;
  void (async () => {
    while (running) {
      samples.push(residentMegabytes(pid));
      await pause(SAMPLE_EVERY, undefined, { ref: false });
    }
  })().catch(() => undefined);
  return {
    next() {
      const before = samples;
      samples = [];
      return before;
    },
    stop() {
      running = false;
    },
  };
}
