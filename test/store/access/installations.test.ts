import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSealedInstallations } from '../../../src/store/access/installations.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { openTestStore } from '../open-test-store.ts';

const INSTALLATION = { team: { id: 'T1' }, bot: { token: 'xoxb-example-1', refreshToken: 'xoxe-1-example' } };
let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

test('an installation is found again after a restart, and the store shows neither tokens nor names', async () => {
  await createSealedInstallations(store.db, 'secret').write('T1', INSTALLATION, 5);
  const found = await createSealedInstallations(store.db, 'secret').read('T1');
  expect(found).toEqual({ kind: 'found', value: INSTALLATION });
  const rows = JSON.stringify(await store.db.selectFrom('installation').selectAll().execute());
  for (const secret of ['xoxb-', 'xoxe-', 'team']) expect(rows).not.toContain(secret);
});

test('a second writing replaces the first and keeps its place', async () => {
  const installations = createSealedInstallations(store.db, 'secret');
  await installations.write('T2', INSTALLATION, 5);
  await installations.write('T1', INSTALLATION, 6);
  await installations.write('T2', { bot: { token: 'xoxb-example-2' } }, 7);
  expect(await installations.read('T2')).toEqual({
    kind: 'found',
    value: { bot: { token: 'xoxb-example-2' } },
  });
  expect(await installations.ids()).toEqual(['T2', 'T1']);
});

test('nothing was installed, or it was removed: there is none', async () => {
  const installations = createSealedInstallations(store.db, 'secret');
  expect(await installations.read('T1')).toEqual({ kind: 'none' });
  await installations.write('T1', INSTALLATION, 5);
  await installations.remove('T1');
  expect(await installations.read('T1')).toEqual({ kind: 'none' });
});

test('with another secret, damaged, or put into the row of another workspace, it is unreadable', async () => {
  const installations = createSealedInstallations(store.db, 'secret');
  await installations.write('T1', INSTALLATION, 5);
  expect(await createSealedInstallations(store.db, 'another').read('T1')).toEqual({ kind: 'unreadable' });
  await store.db.updateTable('installation').set({ id: 'T2' }).execute();
  expect(await installations.read('T2')).toEqual({ kind: 'unreadable' });
  for (const sealed of ['', 'AAAA', Buffer.alloc(64).toString('base64')]) {
    await store.db.updateTable('installation').set({ sealed }).execute();
    expect(await installations.read('T2')).toEqual({ kind: 'unreadable' });
  }
});
