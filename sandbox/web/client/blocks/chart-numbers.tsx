import type { Chart } from '../shown/chart.ts';
import { keyed } from '../shown/keyed.ts';

/** A chart as a table. */
export function ChartNumbers({ chart: { categories, series, xLabel } }: { chart: Chart }) {
  const rows = categories.map((category, index) => ({
    category,
    values: series.map(({ name, values }) => ({ name, value: values[index] ?? 0 })),
  }));
  return (
    <div className="table-scroll">
      <table className="chart-numbers">
        <thead>
          <tr>
            <th scope="col">{xLabel || 'Label'}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, ({ category }) => category).map(({ key, item }) => (
            <tr key={key}>
              <th scope="row">{item.category}</th>
              {item.values.map(({ name, value }) => (
                <td key={name} className="number">
                  {value.toLocaleString('en-US')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
