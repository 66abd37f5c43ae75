import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openBoard } from './board.ts';
import { createBoardOrders } from './board-orders.ts';
import type { KillOrder } from './tripwire.ts';

const order = (more: Partial<KillOrder>): KillOrder => ({
  ...{ step: 0, point: 'inside the receipt', what: null, nth: 1, late: null },
  ...more,
});

describe('the board between a test and its bot', () => {
  test('outlives both and hands orders over one at a time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'board-'));
    const [here, there] = [openBoard(join(folder, 'board'), 'w+'), openBoard(join(folder, 'board'))];
    const orders = createBoardOrders(here);
    orders.arm(order({ nth: 3 }));
    orders.arm(order({ point: 'while it starts' }));
    there.offset.add(1_500);
    expect(here.offset.read()).toBe(1_500);
    expect(there.ordered()).toEqual({ number: 1, point: 'inside the receipt', nth: 3 });
    expect(orders.collect()).toEqual([]);
    there.carryOut(1);
    expect(orders.collect()).toMatchObject([{ nth: 3 }]);
    expect(there.ordered()).toEqual({ number: 2, point: 'while it starts', nth: 1 });
    // One that was never reached gives way to the orders of later steps.
    orders.arm(order({ step: 4 }));
    expect(there.ordered()).toEqual({ number: 3, point: 'inside the receipt', nth: 1 });
    expect(here.offset.read()).toBe(1_500);
    here.close();
    there.close();
    rmSync(folder, { recursive: true });
  });
});
