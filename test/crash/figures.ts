import type { DifferenceKind } from './compare.ts';
import { failed, type Job, type Result } from './job.ts';
import type { ClusterFigures } from './played.ts';
import { POINTS, type Point, READS } from './points.ts';

/** What all runs came to. */
export interface Figures {
  readonly runs: Readonly<Record<Job['way'], number>>;
  readonly kills: Readonly<Record<Job['way'], ReadonlyMap<Point, number>>>;
  /** What several processes on one store did in all runs; null where there was none. */
  readonly cluster: (ClusterFigures & { readonly problems: number }) | null;
  /** How often a bot died before or after each read of the platform. */
  readonly reads: Readonly<Record<'before' | 'after', ReadonlyMap<string, number>>>;
  readonly processesKilled: number;
  readonly notifications: number;
  readonly threads: number;
  readonly threadsKept: number;
  readonly differences: Readonly<Partial<Record<DifferenceKind, number>>>;
  readonly failedRuns: number;
}

export function sumUp(results: readonly Result[]): Figures {
  const of = (way: Job['way']) => results.filter(({ job }) => job.way === way);
  const sum = (number: (result: Result) => number) =>
    results.reduce((total, result) => total + number(result), 0);
  const hitsOf = (way: Job['way']) => of(way).flatMap(({ hits }) => hits);
  const hits = [...hitsOf('here'), ...hitsOf('process'), ...hitsOf('cluster')];
  const readsAt = (point: Point) => counts(hits.filter((hit) => hit.point === point).map(({ what }) => what));
  return {
    runs: { here: of('here').length, process: of('process').length, cluster: of('cluster').length },
    cluster: sumUpClusters(of('cluster')),
    kills: {
      here: counts(hitsOf('here').map(({ point }) => point)),
      process: counts(hitsOf('process').map(({ point }) => point)),
      cluster: counts(hitsOf('cluster').map(({ point }) => point)),
    },
    reads: { before: readsAt('before a platform read'), after: readsAt('after a platform read') },
    processesKilled: sum((result) => result.processesKilled),
    notifications: sum(({ notifications }) => notifications),
    threads: sum(({ threads }) => threads),
    threadsKept: sum(({ threadsKept }) => threadsKept),
    differences: Object.fromEntries(
      counts(results.flatMap(({ differences }) => differences.map(({ kind }) => kind))),
    ),
    failedRuns: results.filter(failed).length,
  };
}

/** From so many runs on every point has to have been hit: with fewer that is a matter of luck. */
const ENOUGH = { here: 500, process: 100 } as const;

/** Points at which no bot died although there were runs enough. */
export function missedPoints(figures: Figures): readonly string[] {
  const ways = (['here', 'process'] as const).filter((way) => figures.runs[way] >= ENOUGH[way]);
  const points = ways.flatMap((way) =>
    POINTS.filter((point) => !figures.kills[way].has(point)).map((point) => `${point} (${NAMES[way]})`),
  );
  const reads = (['before', 'after'] as const).flatMap((side) =>
    READS.filter((read) => !figures.reads[side].has(read)).map((read) => `${side} ${read}`),
  );
  return [...points, ...(ways.includes('here') ? reads : [])];
}

const NAMES = { here: 'in process', process: 'SIGKILL', cluster: 'PostgreSQL' } as const;

const WAYS = ['here', 'process', 'cluster'] as const;

/** The figures as people read them. */
export function printFigures(figures: Figures, seconds: number): string {
  const { runs, kills, differences } = figures;
  const { lost = 0, repeated = 0, ...rest } = differences;
  const others = Object.values(rest).reduce((sum, number) => sum + number, 0);
  const share = figures.threads === 0 ? 100 : (figures.threadsKept / figures.threads) * 100;
  const width = Math.max(...POINTS.map(({ length }) => length));
  const all = (of: ReadonlyMap<unknown, number>) => [...of.values()].reduce((sum, one) => sum + one, 0);
  const row = (name: string, of: Readonly<Record<Job['way'], number | string>>) =>
    `  ${name.padEnd(width)}  ${WAYS.map((way) => String(of[way]).padStart(10)).join('  ')}`;
  const forAll = (number: (way: Job['way']) => number) => ({
    ...{ here: number('here'), process: number('process'), cluster: number('cluster') },
  });
  const allKills = WAYS.reduce((sum, way) => sum + all(kills[way]), 0);
  const allRuns = WAYS.reduce((sum, way) => sum + runs[way], 0);
  const reads = (of: ReadonlyMap<string, number>) =>
    READS.map((read) => `${read.replace(/ 0$/, '')} ${of.get(read) ?? 0}`).join(', ');
  return [
    row('killed', NAMES),
    ...POINTS.map((point) =>
      row(
        point,
        forAll((way) => kills[way].get(point) ?? 0),
      ),
    ),
    row(
      'all',
      forAll((way) => all(kills[way])),
    ),
    `  before reads: ${reads(figures.reads.before)}`,
    `  after reads:  ${reads(figures.reads.after)}`,
    '',
    `runs ${count(allRuns)} (${count(runs.process)} with processes, ${count(runs.cluster)} on PostgreSQL), ` +
      `kills at points ${count(allKills)}, real SIGKILLs ${count(figures.processesKilled)}`,
    `notices ${count(figures.notifications)}: lost ${count(lost)}, repeated ${count(repeated)}, otherwise different ${count(others)}`,
    `threads continued ${count(figures.threadsKept)} of ${count(figures.threads)} (${share.toFixed(share === 100 ? 0 : 2)} %)`,
    ...(figures.cluster === null ? [] : printCluster(figures.cluster)),
    `failed runs ${count(figures.failedRuns)}, time ${seconds.toFixed(0)} s`,
  ].join('\n');
}

function sumUpClusters(results: readonly Result[]): Figures['cluster'] {
  const all = results.flatMap(({ cluster }) => cluster ?? []);
  const [first] = all;
  if (!first) return null;
  const sum = (number: (one: ClusterFigures) => number) => all.reduce((total, one) => total + number(one), 0);
  return {
    calls: sum(({ calls }) => calls),
    handovers: sum(({ handovers }) => handovers),
    asked: sum(({ asked }) => asked),
    answered: sum(({ answered }) => answered),
    late: sum(({ late }) => late),
    longestHandover: Math.max(...all.map(({ longestHandover }) => longestHandover)),
    mostCalls: Math.max(...all.map(({ mostCalls }) => mostCalls)),
    callsAllowed: first.callsAllowed,
    problems: results.reduce((total, { problems }) => total + problems.length, 0),
  };
}

function printCluster(cluster: NonNullable<Figures['cluster']>): readonly string[] {
  const { calls, handovers, longestHandover, mostCalls, callsAllowed, asked, answered, late, problems } =
    cluster;
  return [
    `calls of workers ${count(calls)}, watch passed on ${count(handovers)} times, within ${(longestHandover / 1_000).toFixed(1)} s`,
    `calls in the busiest minute ${count(mostCalls)} of ${count(callsAllowed)}`,
    `commands and presses ${count(asked)}, answered ${count(answered)}, the others' process died; late ${count(late)}; other problems ${count(problems)}`,
  ];
}

function counts<Key extends string>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  return new Map([...Map.groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length]));
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
