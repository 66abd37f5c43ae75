/** The samples of a page of metrics: for each name, the label sets it has. */
export function readMetricsPage(page: string): ReadonlyMap<string, readonly ReadonlyMap<string, string>[]> {
  const samples = new Map<string, ReadonlyMap<string, string>[]>();
  for (const line of page.split('\n')) {
    const [, name, labels = ''] = /^([a-z_0-9]+)(?:\{(.*)\})? \S+$/i.exec(line) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, label = '', value = '']) => [label, value] as const,
    );
    samples.set(name, [...(samples.get(name) ?? []), new Map(pairs)]);
  }
  return samples;
}
