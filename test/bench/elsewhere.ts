import type { Row } from './row.ts';

/** Promises that no stopwatch shows, and what holds the bot to them. */
export async function pointElsewhere(): Promise<readonly Row[]> {
  return (
    [
      ['kill -9 anywhere', '0 lost, 0 repeated', 'npm run test:crash'],
      ['hostile text', 'cannot mention, link or format', 'npm test -- edges-hostile-text'],
      ['outsiders', 'can neither ask nor press', 'npm test -- edges-outsiders'],
    ] as const
  ).map(([what, promise, command]) => ({
    ...{ what, figure: `see \`${command}\``, floor: null, ratio: null },
    ...{ promise, verdict: 'elsewhere' },
  }));
}
