import { useMemo, useState } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { keyed } from '../shown/keyed.ts';
import { nextOrder, type Order, ordered, readTable } from '../shown/table.ts';
import { TableRow } from './table-row.tsx';

const ARROWS = { none: '↕', ascending: '↑', descending: '↓' } as const;

/** Slack's `data_table`: pages, and an order by the column whose head is pressed. */
export function DataTable({ block }: { block: JsonObject }) {
  const table = useMemo(() => readTable(block), [block]);
  const [order, setOrder] = useState<Order | null>(null);
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(table.rows.length / table.pageSize));
  const shown = Math.min(page, pages - 1);
  const rows = ordered(table.rows, order).slice(shown * table.pageSize, (shown + 1) * table.pageSize);
  const numeric = table.head.map((_, column) => table.rows.every((row) => row[column]?.number !== null));
  const sorted = (column: number) =>
    order?.column !== column ? 'none' : order.descending ? 'descending' : 'ascending';
  return (
    <div className="data-table">
      <div className="table-scroll">
        <table>
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              {table.head.map((head, column) => (
                <th
                  key={head}
                  scope="col"
                  aria-sort={sorted(column)}
                  className={numeric[column] ? 'number' : undefined}
                >
                  <button type="button" onClick={() => setOrder(nextOrder(order, column))}>
                    {head} <span aria-hidden="true">{ARROWS[sorted(column)]}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {keyed(rows, (row) => row[table.rowHeader]?.text ?? '').map(({ key, item }) => (
              <TableRow key={key} cells={item} rowHeader={table.rowHeader} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className="table-pages">
          <button
            type="button"
            className="button small"
            disabled={shown === 0}
            onClick={() => setPage(shown - 1)}
          >
            Previous rows
          </button>
          <span>{`Page ${shown + 1} of ${pages}`}</span>
          <button
            type="button"
            className="button small"
            disabled={shown === pages - 1}
            onClick={() => setPage(shown + 1)}
          >
            Next rows
          </button>
        </div>
      )}
    </div>
  );
}
