import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Everything that stands in the bot's store, row by row, to be compared. */
export function storeContents(folder: string): ReadonlyMap<string, readonly string[]> {
  const store = new DatabaseSync(join(folder, 'upgrades.db'), { readOnly: true });
  try {
    const tables = store.prepare("select name from sqlite_master where type = 'table'").all();
    return new Map(
      tables.map(({ name }) => {
        const rows = store.prepare(`select * from "${String(name)}"`).all();
        return [String(name), rows.map((row) => JSON.stringify(row)).toSorted()];
      }),
    );
  } finally {
    store.close();
  }
}
