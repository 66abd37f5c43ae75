import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createClosing } from '../../../src/lib/work/closing.ts';

describe('closing what was opened', () => {
  test('the doors close first and at once, then everything in reverse order', async () => {
    const closing = createClosing();
    const closed: string[] = [];
    const [street, yard] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    closing.add('store', () => closed.push('store'));
    closing.addDoor('street door', () => street.promise);
    closing.add('kitchen', async () => closed.push('kitchen'));
    closing.addDoor('yard door', () => yard.promise);
    const done = closing.close();
    expect(closing.pending()).toEqual(['street door', 'yard door']);
    yard.resolve();
    await turn();
    expect([closed, closing.pending()]).toEqual([[], ['street door']]);
    street.resolve();
    await done;
    expect([closed, closing.pending()]).toEqual([['kitchen', 'store'], []]);
  });

  test('what cannot be closed keeps nothing else open', async () => {
    const closing = createClosing();
    const closed: string[] = [];
    closing.add('store', () => closed.push('store'));
    closing.add('kitchen', () => Promise.reject(new Error('the tap drips')));
    closing.addDoor('street door', () => Promise.reject(new Error('it is stuck')));
    closing.addDoor('yard door', async () => closed.push('yard door'));
    await expect(closing.close()).rejects.toThrow();
    expect([closed, closing.pending()]).toEqual([['yard door', 'store'], []]);
  });

  test('asked twice, it closes once, and both wait for the same end', async () => {
    const closing = createClosing();
    let times = 0;
    closing.add('store', () => {
      times += 1;
    });
    await Promise.all([closing.close(), closing.close()]);
    expect(times).toBe(1);
  });
});
