import { expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/store/engine/in-transaction.ts';
import { createStoreCallLedger } from '../../../src/store/platform/call-ledger.ts';
import { openTestStore } from '../open-test-store.ts';
import { NOW } from '../samples.ts';

test('a call is granted without waiting until a look of another process is recorded', async () => {
  const store = await openTestStore();
  try {
    const recorded = Promise.withResolvers<void>();
    const recording = inTransaction(store.db, () => recorded.promise);
    const ledger = createStoreCallLedger(store.db, { now: () => NOW, callsPerMinute: 10 });
    expect(await ledger.take({ priority: 'poll' })).toEqual({ kind: 'granted' });
    recorded.resolve();
    await recording;
  } finally {
    await store.close();
  }
});
