import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { portOf } from '../stories/harness/bot-process.ts';
import { alertsTo } from '../stories/harness/environment.ts';
import { story } from '../stories/harness/story.ts';
import { readMetricsPage } from './metrics-page.ts';
import { readPromql } from './promql.ts';

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

const source = z.object({ type: z.literal('prometheus'), uid: z.literal(`\${datasource}`) });
const place = z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() });
const panel = z.object({
  id: z.number(),
  type: z.enum(['row', 'stat', 'timeseries', 'table']),
  title: z.string().min(1),
  gridPos: place,
  datasource: source.optional(),
  targets: z.array(z.object({ refId: z.string(), expr: z.string().min(1), datasource: source })).optional(),
});
const dashboard = z
  .object({
    title: z.string(),
    uid: z.string(),
    schemaVersion: z.number(),
    templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
    panels: z.array(panel),
  })
  .parse(JSON.parse(read('grafana.json')));
const rule = z.strictObject({
  alert: z.string().regex(/^Upgrades[A-Z]/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+m$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string().endsWith('.'), description: z.string().min(10) }),
});
const rules = z
  .strictObject({ groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })) })
  .parse(parse(read('alerts.yml')))
  .groups.flatMap((group) => group.rules);

const expressions = [
  ...dashboard.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => [`panel ${title} ${refId}`, expr] as const),
  ),
  ...rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
];

/** Labels that Prometheus itself puts on everything it reads. */
const OF_PROMETHEUS = ['job', 'instance'];

describe('the dashboard', () => {
  test('has panels with ids of their own that do not lie on each other', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  test('takes its data source from a variable', () => {
    expect(dashboard.templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    for (const { type, datasource } of dashboard.panels)
      expect(datasource === undefined).toBe(type === 'row');
  });
});

test('every alert has a name of its own', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
});

test.each(expressions)('%s is PromQL', (_where, expression) => {
  const { errors, selectors } = readPromql(expression);
  expect(errors).toEqual([]);
  expect(selectors.length).toBeGreaterThan(0);
});

test('the parser finds mistakes', () => {
  expect(readPromql('sum by (job (upgrades_tasks)').errors).not.toEqual([]);
  expect(readPromql('rate(upgrades_polls_total[5 minutes])').errors).not.toEqual([]);
});

describe('what dashboard and alerts speak of', () => {
  story(
    'stands on the page of a bot that polled, told, answered and failed to',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'processing' });
      const socket = { SLACK_APP_TOKEN: s.workspace.appToken, SLACK_SIGNING_SECRET: '' };
      const bot = s.run({ ...alertsTo(s), ...socket });
      const port = await portOf(bot);
      await s.told({ says: ['I watch'] });
      await s.workspace.until((seen) => seen.socketCount > 0, { what: 'a socket' });
      expect((await s.people.ask('ana', 'running')).text).toContain('op-1');
      bot.log.expect(/"outcome":"undelivered"/);
      const times = Infinity;
      s.workspace.fault({ method: 'response_url', kind: 'reset-before', times });
      for (const method of ['chat.postEphemeral', 'chat.postMessage'])
        s.workspace.fault({ method, kind: 'error', error: 'internal_error', times });
      // Another line than before, which may count as not answered yet.
      await s.people.command({ user: 'ana', channel: 'iot-ops', text: 'failed' });
      await bot.log.until(({ outcome }) => outcome === 'undelivered', 'that it failed to answer');
      s.workspace.clearFaults();
      const samples = readMetricsPage(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());

      const unknown = expressions.flatMap(([where, expression]) => {
        const { selectors, groupedBy } = readPromql(expression);
        return selectors.flatMap(({ metric, labels }) => {
          const sets = samples.get(metric);
          if (sets === undefined) return [`${where}: there is no ${metric}`];
          const names = [...labels.map(({ name }) => name), ...groupedBy];
          const missing = names.filter(
            (name) => !OF_PROMETHEUS.includes(name) && !sets.some((set) => set.has(name)),
          );
          const never = labels.filter(
            ({ name, op, value }) => op === '=' && !sets.some((set) => set.get(name) === value),
          );
          return [
            ...missing.map((name) => `${where}: ${metric} has no label ${name}`),
            ...never.map(({ name, value }) => `${where}: ${metric} never has ${name}="${value}"`),
          ];
        });
      });
      expect(unknown).toEqual([]);

      // Everything begins with the prefix that is promised, and is explained.
      expect([...samples.keys()].filter((name) => !name.startsWith('upgrades_'))).toEqual([]);
    },
    { time: 'real' },
  );
});
