import type { Point } from './points.ts';

/** Kill the bot when it is at this point for the nth time from this step of the script on. */
export interface KillOrder {
  readonly step: number;
  readonly point: Point;
  /** Only where the bot is at it with this call; null: with any. */
  readonly what: string | null;
  /** From 1. For `while it starts`: the nth statement of a life. */
  readonly nth: number;
  /**
   * Only where Slack has not taken a post yet: it takes it this many milliseconds after the death, as what was on its way
   * then does arrive.
   */
  readonly late: number | null;
}

/** Kill orders in force, each counting down by itself. An order is carried out once. */
export interface Tripwire {
  arm(order: KillOrder): void;
  /** A new life begins: orders about its start count from here. */
  born(): void;
  /** The bot is at this point, with this call; an order means that it has to die there. */
  reached(point: Point, what: string): KillOrder | null;
}

export function createTripwire(): Tripwire {
  const armed = new Map<KillOrder, number>();
  let starting = new Set<KillOrder>();
  return {
    arm: (order) => void armed.set(order, order.nth),
    born() {
      starting = new Set([...armed.keys()].filter(({ point }) => point === 'while it starts'));
      for (const order of starting) armed.set(order, order.nth);
    },
    reached(point, what) {
      for (const [order, left] of armed) {
        if (order.point !== point || (order.what ?? what) !== what) continue;
        if (point === 'while it starts' && !starting.has(order)) continue;
        armed.set(order, left - 1);
        if (left > 1) continue;
        armed.delete(order);
        return order;
      }
      return null;
    },
  };
}
