import { availableParallelism, cpus } from 'node:os';
import { measureAcknowledging } from './acknowledge.ts';
import { measureMemory } from './memory.ts';
import { measureMirror } from './mirror.ts';
import { measureOwnShare } from './own-share.ts';
import { openStage } from './stage.ts';
import { measureStart } from './start-time.ts';
import { printCompared } from './statistics.ts';

/** Measures the bot beside a bare Bolt app in the same run, taking turns, so that noise hits both. */
console.log(
  `machine: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${process.platform}`,
);
const stage = await openStage();
try {
  console.log(printCompared(await measureAcknowledging(stage), [0.5, 0.99]));
  console.log(printCompared(await measureOwnShare(stage), [0.5, 0.99]));
  console.log(printCompared(await measureStart(stage), [0.5]));
  console.log(await measureMirror());
  console.log(await measureMemory(stage));
} finally {
  await stage.close();
}
