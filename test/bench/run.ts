import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAcknowledging } from './acknowledge.ts';
import { benchCalls } from './calls.ts';
import { benchChangeToPost } from './change-to-post.ts';
import { benchDelivery } from './delivery.ts';
import { pointElsewhere } from './elsewhere.ts';
import { benchLarge } from './large.ts';
import { benchHeldMemory } from './memory.ts';
import { benchMirror } from './mirror.ts';
import { benchAnswers } from './own-share.ts';
import { benchPlanning } from './planning.ts';
import type { Row } from './row.ts';
import { benchStart } from './start-time.ts';
import { benchStorm } from './storm.ts';
import { printTable } from './table.ts';
import { benchThirtyDays } from './thirty-days.ts';
import { benchTwoHours } from './two-hours.ts';

/**
 * Measures what is promised, each figure beside a floor of the same run, so that a slow machine shows in
 * both. Ends with 1 where a promise is broken by more than noise (see row.ts).
 */
const USAGE_ERROR = 64;
const parts: Readonly<Record<string, (minutes: number) => Promise<readonly Row[]>>> = {
  acknowledge: benchAcknowledging,
  answers: benchAnswers,
  post: benchChangeToPost,
  calls: benchCalls,
  storm: benchStorm,
  large: (minutes) => benchLarge({ minutes }),
  start: benchStart,
  mirror: benchMirror,
  planning: benchPlanning,
  delivery: benchDelivery,
  held: benchHeldMemory,
  hours: benchTwoHours,
  'thirty-days': benchThirtyDays,
  elsewhere: pointElsewhere,
};
const names = Object.keys(parts);
const USAGE = `usage: npm run bench -- [--only ${names.join('|')}]… [--markdown] [--minutes N, how long the large fleet is watched]`;

const given = readArguments();
if (given === null) {
  console.error(USAGE);
  process.exit(USAGE_ERROR);
}
const load = () => loadavg()[0]?.toFixed(1);
console.log(
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}, load ${load()}, ${new Date().toISOString()}`,
);
const rows: Row[] = [];
try {
  for (const name of given.only) {
    const begun = performance.now();
    rows.push(...((await parts[name]?.(given.minutes)) ?? []));
    console.error(`${name}: ${((performance.now() - begun) / 1_000).toFixed(0)} s, load ${load()}`);
  }
} finally {
  // Also where a part stumbles: what was measured until then took minutes.
  console.log(`\n${printTable(rows, given.markdown)}`);
}
process.exitCode = rows.some(({ verdict }) => verdict === 'broken') ? 1 : 0;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', multiple: true, default: names },
        markdown: { type: 'boolean', default: false },
        minutes: { type: 'string', default: '1' },
      },
    });
    const minutes = Number(values.minutes);
    const known = values.only.every((name) => names.includes(name));
    return known && minutes > 0 ? { ...values, minutes } : null;
  } catch {
    return null;
  }
}
