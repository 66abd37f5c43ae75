import { useId, useMemo, useState } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { chartWords, readChart } from '../shown/chart.ts';
import { ChartNumbers } from './chart-numbers.tsx';
import { ChartPlot } from './chart-plot.tsx';
import { PiePlot } from './pie-plot.tsx';

/** Slack's `data_visualization`, with its numbers for those who want or need them. */
export function ChartBlock({ block }: { block: JsonObject }) {
  const id = useId();
  const [numbers, setNumbers] = useState(false);
  const chart = useMemo(() => readChart(block), [block]);
  if (chart === null) return <p className="muted">(a chart that is not known here)</p>;
  const legend = chart.kind === 'pie' ? chart.categories : chart.series.map(({ name }) => name);
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <strong id={id}>{chart.title}</strong>
        <button
          type="button"
          className="button small"
          aria-pressed={numbers}
          onClick={() => setNumbers(!numbers)}
        >
          Numbers
        </button>
      </figcaption>
      {numbers ? (
        <ChartNumbers chart={chart} />
      ) : (
        <>
          <div role="img" aria-label={chartWords(chart)}>
            {chart.kind === 'pie' ? <PiePlot chart={chart} /> : <ChartPlot chart={chart} />}
          </div>
          <ul className="legend" aria-hidden="true">
            {legend.map((name, index) => (
              <li key={name} className={`series-${index % 6}`}>
                {name}
              </li>
            ))}
          </ul>
        </>
      )}
    </figure>
  );
}
