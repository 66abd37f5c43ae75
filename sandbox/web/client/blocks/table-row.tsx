import { keyed } from '../shown/keyed.ts';
import type { Cell } from '../shown/table.ts';

/** One row of a table; the cell that names it is its head. */
export function TableRow({ cells, rowHeader }: { cells: readonly Cell[]; rowHeader: number }) {
  const head = cells[rowHeader];
  return (
    <tr>
      {keyed(cells, ({ text }) => text).map(({ key, item: cell }) =>
        cell === head ? (
          <th key={key} scope="row">
            {cell.text}
          </th>
        ) : (
          <td key={key} className={cell.number === null ? undefined : 'number'}>
            {cell.text}
          </td>
        ),
      )}
    </tr>
  );
}
