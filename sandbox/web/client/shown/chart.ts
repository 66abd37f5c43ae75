import type { Json, JsonObject } from '../../../workspace/json.ts';
import { asObject, asObjects, asString } from '../../../workspace/json.ts';

export interface Series {
  readonly name: string;
  /** One for each category. */
  readonly values: readonly number[];
}

/** A `data_visualization` block. A pie has one series and its segments as categories. */
export interface Chart {
  readonly kind: 'pie' | 'line' | 'bar' | 'area';
  readonly title: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly xLabel: string;
  readonly yLabel: string;
}

/** What a block draws, or null where it is no chart Slack knows. */
export function readChart(block: JsonObject): Chart | null {
  const chart = asObject(block.chart);
  const title = asString(block.title);
  if (chart.type === 'pie') {
    const segments = asObjects(chart.segments);
    const values = segments.map(({ value }) => Math.max(0, numberOf(value)));
    const categories = segments.map(({ label }) => asString(label));
    return { kind: 'pie', title, categories, series: [{ name: title, values }], xLabel: '', yLabel: '' };
  }
  if (chart.type !== 'line' && chart.type !== 'bar' && chart.type !== 'area') return null;
  const axis = asObject(chart.axis_config);
  const all = asObjects(chart.series);
  const named = Array.isArray(axis.categories) ? axis.categories.map((one: Json) => asString(one)) : [];
  const categories = named.length > 0 ? named : asObjects(all[0]?.data).map(({ label }) => asString(label));
  const series = all.map(({ name, data }) => ({
    name: asString(name),
    values: inOrder(asObjects(data), categories),
  }));
  return {
    kind: chart.type,
    title,
    categories,
    series,
    xLabel: asString(axis.x_label),
    yLabel: asString(axis.y_label),
  };
}

const NAMES = { pie: 'Pie chart', line: 'Line chart', bar: 'Bar chart', area: 'Area chart' } as const;

/** The chart in words, for those who cannot see it. */
export function chartWords({ kind, title, categories, series }: Chart): string {
  const parts =
    kind === 'pie'
      ? categories.map((name, index) => `${name} ${series[0]?.values[index] ?? 0}`)
      : series.map(({ name, values }) => `${name} from ${values[0] ?? 0} to ${values.at(-1) ?? 0}`);
  return `${NAMES[kind]}: ${title}. ${parts.join('; ')}.`;
}

/** Points may come in any order; equal labels are taken in theirs. */
function inOrder(data: readonly JsonObject[], categories: readonly string[]): readonly number[] {
  const left = [...data];
  return categories.map((category) => {
    const place = left.findIndex(({ label }) => label === category);
    return place < 0 ? 0 : numberOf(left.splice(place, 1)[0]?.value);
  });
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
