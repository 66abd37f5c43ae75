import type { Rate } from '../options.ts';

/** What comes this little too early is taken: clocks of two processes differ by as much. */
const TOLERANCE_MS = 50;

/** Decides for each channel, or method, whether a call may come now (a leaking bucket). */
export class Rates {
  private rate: Rate | 'off';
  /** When each bucket will be empty again. */
  private readonly emptyAt = new Map<string, number>();

  constructor(rate: Rate | 'off') {
    this.rate = rate;
  }

  set(rate: Rate | 'off'): void {
    this.rate = rate;
    this.emptyAt.clear();
  }

  get on(): boolean {
    return this.rate !== 'off';
  }

  /** Null when the call is taken, else the whole seconds of Retry-After. A refused call does not count. */
  take(bucket: string, now: number): number | null {
    if (this.rate === 'off') return null;
    const interval = 1000 / this.rate.perSecond;
    const empty = Math.max(this.emptyAt.get(bucket) ?? 0, now);
    const early = empty + interval - now - interval * this.rate.burst;
    if (early > TOLERANCE_MS) return Math.max(1, Math.ceil(early / 1000));
    this.emptyAt.set(bucket, empty + interval);
    return null;
  }
}
