import { z } from 'zod';

const logged = z.object({
  msg: z.literal('cycle'),
  seconds: z.number(),
  calls: z.number(),
  active: z.number(),
  changed: z.number(),
});

/** What the bot logs of a cycle. */
export type LoggedCycle = z.infer<typeof logged>;

/** The cycle a line of the log tells of, if it does. */
export function cycleOf(line: string): readonly LoggedCycle[] {
  if (!line.includes('"cycle"')) return [];
  const read = logged.safeParse(JSON.parse(line));
  return read.success ? [read.data] : [];
}
