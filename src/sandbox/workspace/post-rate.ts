import type { PostRate } from './options.ts';

/** A post that comes this little too early is taken: clocks of two processes differ by as much. */
const TOLERANCE_MS = 50;

/** Decides per channel whether a post may come now (a leaking bucket). */
export class PostRates {
  private rate: PostRate | 'off';
  /** Per channel, when its bucket will be empty again. */
  private readonly emptyAt = new Map<string, number>();

  constructor(rate: PostRate | 'off') {
    this.rate = rate;
  }

  set(rate: PostRate | 'off'): void {
    this.rate = rate;
    this.emptyAt.clear();
  }

  /** Null when the post is taken, else the whole seconds of Retry-After. A refused post does not count. */
  take(channel: string, now: number): number | null {
    if (this.rate === 'off') return null;
    const interval = 1000 / this.rate.perSecond;
    const empty = Math.max(this.emptyAt.get(channel) ?? 0, now);
    const early = empty + interval - now - interval * this.rate.burst;
    if (early > TOLERANCE_MS) return Math.max(1, Math.ceil(early / 1000));
    this.emptyAt.set(channel, empty + interval);
    return null;
  }
}
