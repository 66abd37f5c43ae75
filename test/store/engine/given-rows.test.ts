import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { givenRows, givenTexts, givenToInsert } from '../../../src/store/engine/given-rows.ts';
import type { Store } from '../../../src/store/engine/location.ts';
import type { SnapshotTable } from '../../../src/store/engine/schema.ts';
import fc from '../../properties.ts';
import { openTestStore } from '../open-test-store.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const COLUMNS = { word: 'text', number: 'bigint', flag: 'integer' } as const;
interface Row {
  readonly word: string | null;
  readonly number: number | null;
  readonly flag: 0 | 1;
}

async function through(rows: readonly Row[]): Promise<readonly unknown[]> {
  const given = givenRows(store.db, COLUMNS, rows);
  const read = await store.db.selectFrom(given.as('given')).selectAll().execute();
  return read.map((row) => ({ ...row }));
}

describe('rows given to a statement as one parameter', () => {
  test.each<[string, readonly Row[]]>([
    ['none at all', []],
    ['nulls', [{ word: null, number: null, flag: 0 }]],
    ['an empty text is no null', [{ word: '', number: 0, flag: 1 }]],
    [
      'text that reads like a number, or like nothing',
      [
        { word: '0012', number: 12, flag: 1 },
        { word: 'null', number: 1, flag: 0 },
      ],
    ],
    [
      'numbers as large as there are, and below zero',
      [
        { word: 'n', number: Number.MAX_SAFE_INTEGER, flag: 1 },
        { word: 'n', number: -Number.MAX_SAFE_INTEGER, flag: 0 },
      ],
    ],
    ['letters of every kind', [{ word: 'ü 漢字 👩‍🚒 \u202e "quoted" \\ \n \u0001', number: 1, flag: 1 }]],
    [
      'JSON in a text',
      [{ word: JSON.stringify({ text: 'a "b" \\ \0 \ud800', list: [1, null] }), number: 1, flag: 1 }],
    ],
    ['what looks like SQL', [{ word: "'); drop table task; -- $1 ?", number: 1, flag: 1 }]],
    [
      'the same row twice',
      [
        { word: 'a', number: 1, flag: 1 },
        { word: 'a', number: 1, flag: 1 },
      ],
    ],
  ])('arrive as they were: %s', async (_, rows) => {
    expect(await through(rows)).toEqual(rows);
  });

  test('a sign that PostgreSQL cannot keep is replaced on both engines', async () => {
    const row = { number: 1, flag: 1 } as const;
    expect(await through([{ word: 'a\0b\ud800c', ...row }])).toEqual([{ word: 'a\ufffdb\ufffdc', ...row }]);
  });

  test('in whatever number, in their order', async () => {
    const row = fc.record<Row>({
      word: fc.option(fc.string({ unit: 'grapheme' })),
      number: fc.option(fc.maxSafeInteger()),
      flag: fc.constantFrom(0, 1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
        const storable = rows.map((one) => ({ ...one, word: one.word?.replaceAll('\0', '\ufffd') ?? null }));
        expect(await through(rows)).toEqual(storable);
      }),
      { numRuns: 100 },
    );
  });

  test('are inserted, also over what is there', async () => {
    const columns = {
      operation_id: 'text',
      at: 'bigint',
      status: 'text',
      tally: 'text',
      stood: 'bigint',
    } as const;
    const insert = async (rows: readonly SnapshotTable[]) => {
      const given = givenToInsert(store.db, columns, rows);
      await store.db
        .insertInto('snapshot')
        .columns(['operation_id', 'at', 'status', 'tally', 'stood'])
        .expression(given)
        .execute();
    };
    const rows = [3, 1, 2].map((at) => ({
      operation_id: 'op-1',
      at,
      status: 'waiting',
      tally: ',,',
      stood: null,
    }));
    await insert(rows);
    await insert([]);
    expect(
      (await store.db.selectFrom('snapshot').selectAll().orderBy('at').execute()).map(({ at }) => at),
    ).toEqual([1, 2, 3]);
    const states = [
      { name: 'one', value: '1' },
      { name: 'two', value: '2' },
    ];
    for (const suffix of ['', '!']) {
      const given = givenToInsert(
        store.db,
        { name: 'text', value: 'text' },
        states.map(({ name, value }) => ({ name, value: value + suffix })),
      );
      await store.db
        .insertInto('watch_state')
        .columns(['name', 'value'])
        .expression(given)
        .onConflict((conflict) =>
          conflict.column('name').doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
        )
        .execute();
    }
    const found = await store.db
      .selectFrom('watch_state')
      .selectAll()
      .where('name', 'in', givenTexts(store.db, ['one', 'two']))
      .orderBy('name')
      .execute();
    expect(found.map(({ value }) => value)).toEqual(['1!', '2!']);
  });
});

describe('texts given to a statement as one parameter', () => {
  const among = async (text: string, texts: readonly string[]) => {
    const { rows } = await sql<{
      found: number;
    }>`select case when ${text} in ${givenTexts(store.db, texts)} then 1 else 0 end as found`.execute(
      store.db,
    );
    return rows[0]?.found;
  };

  test('are searched with `in`, whatever is in them and however often', async () => {
    const odd = 'ü "x" \\ \' 漢字';
    expect(await among(odd, ['a', odd, odd])).toBe(1);
    expect(await among('b', ['a', odd])).toBe(0);
    expect(await among('a', [])).toBe(0);
  });
});
