import type { Block, KnownBlock } from '@slack/types';
import { cut, visible } from './text.ts';

/** Slack's chart limits: points per series, and characters of a label and of the title. */
export const MOST_POINTS = 20;
const LABEL = 20;
const TITLE = 50;

export interface ChartSeries {
  readonly name: string;
  /** One value per category. */
  readonly values: readonly number[];
}

interface LineChartBlock extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'line';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
  };
}

/** A native line chart, only for messages. A workspace without this block rejects it with `invalid_blocks`. */
export function lineChart(
  title: string,
  categories: readonly string[],
  series: readonly ChartSeries[],
): KnownBlock {
  const labels = categories.slice(0, MOST_POINTS).map((label) => cut(visible(label), LABEL));
  const block: LineChartBlock = {
    type: 'data_visualization',
    title: cut(visible(title), TITLE),
    chart: {
      type: 'line',
      series: series.map(({ name, values }) => ({
        name: cut(name, LABEL),
        data: labels.map((label, index) => ({ label, value: values[index] ?? 0 })),
      })),
      axis_config: { categories: labels, y_label: 'devices' },
    },
  };
  // @slack/types 3.2 lacks this block; Slack documents it for messages (docs.slack.dev, data-visualization-block).
  return block as unknown as KnownBlock;
}
