import type { Chart } from '../shown/chart.ts';
import { type Frame, heightOf, labelsShown, pathOf, placesOf, ticksFor } from '../shown/chart-geometry.ts';

const WIDTH = 520;
const HEIGHT = 250;
const FRAME: Frame = { left: 48, top: 10, width: WIDTH - 64, height: HEIGHT - 58 };
/** The width of a letter where the picture is small and its letters are drawn larger. */
const LETTER = 8.5;

/** Lines, areas or bars over categories. */
export function ChartPlot({ chart }: { chart: Chart }) {
  const { kind, categories, series, xLabel, yLabel } = chart;
  const ticks = ticksFor(series.flatMap(({ values }) => values));
  const places = placesOf(chart, FRAME);
  const bottom = FRAME.top + FRAME.height;
  const height = (value: number) => heightOf(value, ticks, FRAME);
  return (
    <svg className="plot" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={FRAME.left} x2={FRAME.left + FRAME.width} y1={height(tick)} y2={height(tick)} />
          <text x={FRAME.left - 8} y={height(tick) + 4} textAnchor="end">
            {tick.toLocaleString('en-US')}
          </text>
        </g>
      ))}
      {labelsShown(categories, FRAME.width, LETTER).map((place) => (
        <text key={place} x={places[place]} y={bottom + 18} textAnchor="middle">
          {categories[place]}
        </text>
      ))}
      {yLabel && (
        <text transform={`translate(12 ${FRAME.top + FRAME.height / 2}) rotate(-90)`} textAnchor="middle">
          {yLabel}
        </text>
      )}
      {xLabel && (
        <text x={FRAME.left + FRAME.width / 2} y={HEIGHT - 8} textAnchor="middle">
          {xLabel}
        </text>
      )}
      {series.map(({ name, values }, index) => {
        const points = values.map((value, place) => ({ x: places[place] ?? 0, y: height(value) }));
        const colour = `series-${index % 6}`;
        if (kind === 'bar') {
          const share = (FRAME.width / Math.max(1, categories.length)) * 0.7;
          const wide = share / series.length;
          return points.map(({ x, y }) => (
            <rect
              key={`${name} ${x}`}
              className={`slice ${colour}`}
              x={x - share / 2 + wide * index}
              width={wide}
              y={Math.min(y, height(0))}
              height={Math.abs(height(0) - y)}
            />
          ));
        }
        const ground = [
          ...points,
          { x: points.at(-1)?.x ?? 0, y: height(0) },
          { x: points[0]?.x ?? 0, y: height(0) },
        ];
        return (
          <g key={name} className={colour}>
            {kind === 'area' && <path className="area" d={`${pathOf(ground)} Z`} />}
            <path className="curve" d={pathOf(points)} />
          </g>
        );
      })}
    </svg>
  );
}
