import type { Chart } from './chart.ts';

/** Where a chart is drawn, in the units of its picture. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const TICKS = 4;

/** Round numbers from at most 0 to at least the largest value, for the lines across. */
export function ticksFor(values: readonly number[]): readonly number[] {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const rough = (most - least || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  // Things are counted: half a device needs no line.
  const whole = [...values].every(Number.isInteger) ? Math.max(1, step) : step;
  const first = Math.floor(least / whole);
  const count = Math.ceil(most / whole) - first;
  return Array.from({ length: Math.max(1, count) + 1 }, (_, index) =>
    Number(((first + index) * whole).toPrecision(12)),
  );
}

/** How high a value stands. */
export function heightOf(value: number, ticks: readonly number[], { top, height }: Frame): number {
  const least = ticks[0] ?? 0;
  const most = ticks.at(-1) ?? 1;
  return top + height * (1 - (value - least) / (most - least || 1));
}

/** Where the categories stand: from edge to edge for lines, in the middle of their share for bars. */
export function placesOf({ kind, categories }: Chart, { left, width }: Frame): readonly number[] {
  const { length } = categories;
  if (kind === 'bar' || length < 2)
    return categories.map((_, index) => left + (width * (index + 0.5)) / Math.max(1, length));
  return categories.map((_, index) => left + (width * index) / (length - 1));
}

/** Which labels have room under the axis, evenly, the first always. */
export function labelsShown(labels: readonly string[], width: number, perLetter: number): readonly number[] {
  const longest = Math.max(1, ...labels.map(({ length }) => length)) * perLetter + perLetter * 2;
  const room = Math.max(1, Math.floor(width / longest));
  const step = Math.max(1, Math.ceil(labels.length / room));
  return labels.flatMap((_, index) => (index % step === 0 ? [index] : []));
}

/** The way through points, as an SVG path. */
export function pathOf(points: readonly Point[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(' ');
}

/** The slices of a pie as SVG paths, clockwise from the top; null for a slice that is nothing. */
export function slicesOf(
  values: readonly number[],
  centre: Point,
  radius: number,
): readonly (string | null)[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  let before = 0;
  return values.map((value) => {
    if (value <= 0) return null;
    const from = before / total;
    before += value;
    const to = before / total;
    // An arc from a point to itself draws nothing: a whole pie is two halves.
    const stops = to - from > 0.999 ? [from, from + 0.5, to] : [from, to];
    const [start, ...ends] = stops.map((stop) => onCircle(stop, centre, radius));
    const large = to - from > 0.5 && stops.length === 2 ? 1 : 0;
    const arcs = ends.map(({ x, y }) => `A${radius} ${radius} 0 ${large} 1 ${round(x)} ${round(y)}`);
    return `M${centre.x} ${centre.y} L${round(start?.x ?? 0)} ${round(start?.y ?? 0)} ${arcs.join(' ')} Z`;
  });
}

function onCircle(share: number, { x, y }: Point, radius: number): Point {
  const angle = share * 2 * Math.PI;
  return { x: x + radius * Math.sin(angle), y: y - radius * Math.cos(angle) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
