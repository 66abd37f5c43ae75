import type { Chart } from '../shown/chart.ts';
import { slicesOf } from '../shown/chart-geometry.ts';
import { keyed } from '../shown/keyed.ts';

const CENTRE = { x: 100, y: 100 };
const RADIUS = 92;

/** The slices of a pie. */
export function PiePlot({ chart: { series } }: { chart: Chart }) {
  const slices = slicesOf(series[0]?.values ?? [], CENTRE, RADIUS).map((path, index) => ({ path, index }));
  return (
    <svg className="pie" viewBox="0 0 200 200" aria-hidden="true">
      {keyed(slices, ({ index }) => `slice ${index}`).map(({ key, item: { path, index } }) =>
        path === null ? null : <path key={key} className={`slice series-${index % 6}`} d={path} />,
      )}
    </svg>
  );
}
