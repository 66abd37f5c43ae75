import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Offset } from './jumping-clock.ts';
import { POINTS, type Point } from './points.ts';

/**
 * What a test and the bot it runs as a process of its own share: how far their clock is ahead, and at which point the
 * bot has to kill itself. A file, since it has to outlive a process that ends without a word.
 */
export interface Board {
  readonly offset: Offset;
  /** Orders the bot to die at this point; null takes the order back. Each order has a number of its own. */
  order(order: BoardOrder | null): void;
  ordered(): BoardOrder | null;
  /** Says that an order is being carried out. */
  carryOut(number: number): void;
  /** The number of the last order that was carried out. */
  carriedOut(): number;
  close(): void;
}

export interface BoardOrder {
  /** From 1. */
  readonly number: number;
  readonly point: Point;
  readonly nth: number;
}

/** Places in the file, in bytes. */
const AT = { offset: 0, number: 8, point: 12, nth: 16, carriedOut: 20 } as const;
const SIZE = 24;

/** Opens a board that is there, or (`w+`) makes an empty one. */
export function openBoard(path: string, flags: 'r+' | 'w+' = 'r+'): Board {
  const file = openSync(path, flags);
  const bytes = Buffer.alloc(SIZE);
  if (flags === 'w+') writeSync(file, bytes, 0, SIZE, 0);
  const read = () => {
    readSync(file, bytes, 0, SIZE, 0);
    return bytes;
  };
  const write = (from: number, length: number) => void writeSync(file, bytes, from, length, from);
  return {
    offset: {
      read: () => read().readDoubleLE(AT.offset),
      add(milliseconds) {
        bytes.writeDoubleLE(read().readDoubleLE(AT.offset) + milliseconds, AT.offset);
        write(AT.offset, 8);
      },
    },
    order(order) {
      read();
      bytes.writeInt32LE(order?.number ?? 0, AT.number);
      bytes.writeInt32LE(order === null ? 0 : POINTS.indexOf(order.point), AT.point);
      bytes.writeInt32LE(order?.nth ?? 0, AT.nth);
      write(AT.number, 12);
    },
    ordered() {
      const number = read().readInt32LE(AT.number);
      const point = POINTS[bytes.readInt32LE(AT.point)];
      return number === 0 || point === undefined ? null : { number, point, nth: bytes.readInt32LE(AT.nth) };
    },
    carryOut(number) {
      bytes.writeInt32LE(number, AT.carriedOut);
      write(AT.carriedOut, 4);
    },
    carriedOut: () => read().readInt32LE(AT.carriedOut),
    close: () => closeSync(file),
  };
}
