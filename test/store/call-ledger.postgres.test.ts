import { expect, test } from '@jest/globals';
import { createStoreCallLedger } from '../../src/store/call-ledger.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { openTestStore } from './open-test-store.ts';
import { NOW } from './samples.ts';

test('a call for a person does not wait until a look of another process is recorded', async () => {
  const store = await openTestStore();
  try {
    const recorded = Promise.withResolvers<void>();
    const recording = inTransaction(store.db, () => recorded.promise);
    const ledger = createStoreCallLedger(store.db, { now: () => NOW, callsPerMinute: 10 });
    expect(await ledger.take('interactive')).toEqual({ kind: 'granted' });
    recorded.resolve();
    await recording;
  } finally {
    await store.close();
  }
});
