import { describe, expect, test } from '@jest/globals';
import { chartWords, readChart } from '../../../../sandbox/web/client/shown/chart.ts';
import {
  heightOf,
  labelsShown,
  pathOf,
  placesOf,
  slicesOf,
  ticksFor,
} from '../../../../sandbox/web/client/shown/chart-geometry.ts';
import type { JsonObject } from '../../../../sandbox/workspace/json.ts';
import { lineChart } from '../../../../src/render/blocks/chart.ts';
import fc from '../../../properties.ts';

const FRAME = { left: 50, top: 10, width: 400, height: 200 };

describe('a chart', () => {
  test("the bot's own line chart is read and told in words", () => {
    const block = lineChart('Devices over time', ['a', 'b'], [{ name: 'done', values: [1, 4] }]);
    // As it goes over the wire: a block is a JSON object.
    const chart = readChart(JSON.parse(JSON.stringify(block)) as JsonObject);
    expect(chart).toMatchObject({
      kind: 'line',
      categories: ['a', 'b'],
      series: [{ name: 'done', values: [1, 4] }],
    });
    expect(chart && chartWords(chart)).toBe('Line chart: Devices over time. done from 1 to 4.');
  });

  test('points are put in the order of the categories; unknown charts are none', () => {
    const data = [
      { label: 'b', value: 2 },
      { label: 'a', value: 1 },
    ];
    const chart = {
      type: 'bar',
      series: [{ name: 's', data }],
      axis_config: { categories: ['a', 'b', 'c'] },
    };
    expect(readChart({ chart })?.series[0]?.values).toEqual([1, 2, 0]);
    expect(readChart({ chart: { type: 'radar' } })).toBeNull();
  });

  test('a pie is told slice by slice', () => {
    const segments = [
      { label: 'offline', value: 3 },
      { label: 'other', value: 1 },
    ];
    const chart = readChart({ title: 'Why', chart: { type: 'pie', segments } });
    expect(chart && chartWords(chart)).toBe('Pie chart: Why. offline 3; other 1.');
  });
});

describe('where things are drawn', () => {
  test('lines across are few, round, and hold every value', () => {
    expect(ticksFor([285, 337])).toEqual([0, 100, 200, 300, 400]);
    expect(ticksFor([1, 2])).toEqual([0, 1, 2]);
    expect(ticksFor([])).toEqual([0, 1]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5_000, max: 100_000 }), { minLength: 1, maxLength: 20 }),
        (values) => {
          const ticks = ticksFor(values);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const value of values) {
            const y = heightOf(value, ticks, FRAME);
            expect(y).toBeGreaterThanOrEqual(FRAME.top - 1e-6);
            expect(y).toBeLessThanOrEqual(FRAME.top + FRAME.height + 1e-6);
          }
        },
      ),
    );
  });

  test('lines go from edge to edge, bars stand in the middle of their share', () => {
    const chart = {
      kind: 'line',
      title: '',
      categories: ['a', 'b', 'c'],
      series: [],
      xLabel: '',
      yLabel: '',
    } as const;
    expect(placesOf(chart, FRAME)).toEqual([50, 250, 450]);
    expect(placesOf({ ...chart, kind: 'bar', categories: ['a', 'b'] }, FRAME)).toEqual([150, 350]);
    expect(
      pathOf([
        { x: 1, y: 2 },
        { x: 3.456, y: 4 },
      ]),
    ).toBe('M1 2 L3.46 4');
  });

  test('labels that would overlap are left out evenly', () => {
    const labels = Array.from({ length: 20 }, () => '22:08:00');
    expect(labelsShown(labels, 456, 6)).toEqual([0, 3, 6, 9, 12, 15, 18]);
    expect(labelsShown(['a', 'b'], 456, 6)).toEqual([0, 1]);
  });

  test('a pie has a slice for each share, whole pies too, and none for nothing', () => {
    const [half, none, other] = slicesOf([1, 0, 1], { x: 0, y: 0 }, 10);
    expect(half).toBe('M0 0 L0 -10 A10 10 0 0 1 0 10 Z');
    expect(none).toBeNull();
    expect(other).toContain('A10 10 0 0 1');
    expect(slicesOf([5], { x: 0, y: 0 }, 10)[0]).toBe('M0 0 L0 -10 A10 10 0 0 1 0 10 A10 10 0 0 1 0 -10 Z');
  });
});
