import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { databaseClock } from '../../../src/store/engine/engine.ts';
import { createStoreLeases, type LeaseKeeper } from '../../../src/store/engine/lease-keeper.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import { openTestStore } from '../open-test-store.ts';

/** Short, so that a lease that is not renewed is soon over. Milliseconds. */
const LEASE = 400;
/** How long it waits until it renews. */
const RENEWAL = Math.round(LEASE / 3);

let store: Store;
let troubles: unknown[] = [];
const running: LeaseKeeper[] = [];
beforeEach(async () => {
  store = await openTestStore();
  troubles = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((keeper) => keeper.stop()));
  await store.close();
});

interface Process extends LeaseKeeper {
  /** From now on it renews nothing, as if it were cut off; it may still be asked to write. */
  readonly freeze: () => void;
}

function start(holder: string, lease = LEASE): Process {
  let frozen = false;
  const keeper = createStoreLeases({
    ...{ db: store.db, holder, lease, monotonic: () => performance.now() },
    async delay(milliseconds, signal) {
      await sleep(milliseconds, undefined, { signal });
      if (frozen && Math.round(milliseconds) === RENEWAL) await sleep(3_600_000, undefined, { signal });
    },
    onTrouble: (error) => troubles.push(error),
  });
  running.push(keeper);
  return Object.assign(keeper, {
    freeze: () => {
      frozen = true;
    },
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(10);
}

/** Resolves when the first lease of the store was renewed so often; looks in between as told. */
async function renewed(times: number, look: () => Promise<void> = async () => undefined): Promise<void> {
  const ends = new Set<number>();
  await until(async () => {
    await look();
    const row = await store.db
      .selectFrom('lease')
      .select('until')
      .where('holder', '=', 'one')
      .executeTakeFirst();
    if (row) ends.add(row.until);
    return ends.size > times;
  });
}

async function isOver(name: string): Promise<boolean> {
  const row = await store.db
    .selectFrom('lease')
    .select('name')
    .where('name', '=', name)
    .where('until', '<=', databaseClock())
    .executeTakeFirst();
  return row !== undefined;
}

describe('a lease', () => {
  test('is one process’s while that lives, however long it does', async () => {
    const [one, two] = [start('one'), start('two')];
    expect(await one.claim(['watch'])).toEqual(['watch']);
    await renewed(9, async () => {
      expect(await two.claim(['watch'])).toEqual([]);
      expect([one.holds('watch'), two.holds('watch')]).toEqual([true, false]);
    });
    expect(await one.claim(['watch'])).toEqual(['watch']);
    expect(troubles).toEqual([]);
  });

  test('of a process that stops is free at once', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch', 'lane:C1']);
    await one.stop();
    expect((await two.claim(['watch', 'lane:C1'])).toSorted()).toEqual(['lane:C1', 'watch']);
  });

  test('of a process that is cut off is free when it is over, and that one knew before', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch']);
    one.freeze();
    await until(async () => {
      const taken = (await two.claim(['watch'])).length > 0;
      if (taken) expect(one.holds('watch')).toBe(false);
      return taken;
    });
    expect(await one.claim(['watch'])).toEqual([]);
  });

  test('that ends aborts what is done on its strength, and before another one can have it', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch']);
    const held = one.whileHeld('watch');
    await renewed(4);
    expect(held.aborted).toBe(false);
    expect(one.whileHeld('watch')).toBe(held);
    one.freeze();
    await until(async () => {
      const taken = (await two.claim(['watch'])).length > 0;
      if (taken) expect(held.aborted).toBe(true);
      return taken;
    });
    expect(held.reason).toMatchObject({ code: 'lease-lost' });
  });

  test('that is given back aborts what was done on its strength; the next one is another', async () => {
    const one = start('one');
    await one.claim(['watch']);
    const held = one.whileHeld('watch');
    await one.release(['watch']);
    expect(held.aborted).toBe(true);
    await one.claim(['watch']);
    expect(one.whileHeld('watch').aborted).toBe(false);
  });

  test('that was lost lets nothing be written any more', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch']);
    await store.db.transaction().execute((tx) => one.confirm(tx, 'watch'));
    one.freeze();
    await until(async () => (await two.claim(['watch'])).length > 0);
    const writing = store.db.transaction().execute(async (tx) => {
      await one.confirm(tx, 'watch');
      await tx.insertInto('watch_state').values({ name: 'late', value: '' }).execute();
    });
    await expect(writing).rejects.toMatchObject({ code: 'lease-lost', repeat: 'wait' });
    expect(await store.db.selectFrom('watch_state').selectAll().execute()).toEqual([]);
  });

  test('stays with who writes on its strength until that is written', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch']);
    one.freeze();
    await store.db.transaction().execute(async (tx) => {
      await one.confirm(tx, 'watch');
      await until(async () => {
        expect(await two.claim(['watch'])).toEqual([]);
        return !one.holds('watch') && (await isOver('watch'));
      });
      expect(await two.claim(['watch'])).toEqual([]);
    });
    expect(await two.claim(['watch'])).toEqual(['watch']);
  });

  test('that a long transaction holds keeps no other from being renewed', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['watch', 'lane:C1']);
    await store.db.transaction().execute(async (tx) => {
      await one.confirm(tx, 'watch');
      await until(async () => {
        expect(await two.claim(['watch', 'lane:C1'])).toEqual([]);
        return isOver('watch');
      });
      expect(one.holds('lane:C1')).toBe(true);
    });
    expect(await one.claim(['watch'])).toEqual(['watch']);
    expect(troubles).toEqual([]);
  });

  test('that was given back is another’s, and renewing does not bring it back', async () => {
    const [one, two] = [start('one'), start('two')];
    await one.claim(['lane:C1', 'lane:C2']);
    await one.release(['lane:C1']);
    expect(await two.claim(['lane:C1', 'lane:C2'])).toEqual(['lane:C1']);
    await renewed(3);
    expect([one.holds('lane:C1'), one.holds('lane:C2'), two.holds('lane:C1')]).toEqual([false, true, true]);
  });
});

test('a lease of the dead is free where the database’s clock was set back since', async () => {
  await store.db
    .insertInto('lease')
    .values([
      { name: 'watch', holder: 'dead', until: sql<number>`${databaseClock()} + 86400000` },
      { name: 'lane:C1', holder: 'alive', until: sql<number>`${databaseClock()} + 15000` },
    ])
    .execute();
  expect(await start('one').claim(['watch', 'lane:C1'])).toEqual(['watch']);
});

test('of many that ask at once each lane goes to one, and none to two', async () => {
  // Long enough for none to be over before the last has asked.
  const processes = ['one', 'two', 'three', 'four'].map((holder) => start(holder, 60_000));
  const lanes = Array.from({ length: 1_200 }, (_, index) => `lane:C${index}`);
  const claimed = await Promise.all(processes.map((each) => each.claim(lanes)));
  expect(claimed.flat().toSorted()).toEqual(lanes.toSorted());
});

describe('work of which there is one at a time', () => {
  test('goes from process to process', async () => {
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(name);
      await sleep(20);
      steps.push(name);
      return name;
    };
    const processes = [start('one'), start('two'), start('three')];
    const done = await Promise.all(
      processes.map((each, index) => each.exclusively('login', work(`w${index}`))),
    );
    expect(done).toEqual(['w0', 'w1', 'w2']);
    expect(steps).toHaveLength(6);
    for (let index = 0; index < 6; index += 2) expect(steps[index]).toBe(steps[index + 1]);
  });

  test('is taken over from a process that was cut off in the middle of it', async () => {
    const [one, two] = [start('one'), start('two')];
    const { promise: never, resolve: end } = Promise.withResolvers<void>();
    const cutOff = one.exclusively('login', () => never);
    await until(() => one.holds('login'));
    one.freeze();
    expect(await two.exclusively('login', async () => 'done')).toBe('done');
    end();
    await cutOff;
  });

  test('is given back when it fails', async () => {
    const [one, two] = [start('one'), start('two')];
    await expect(
      one.exclusively('login', async () => {
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(await two.claim(['login'])).toEqual(['login']);
  });
});
