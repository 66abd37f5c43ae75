import { createOneAtATime } from './one-at-a-time.ts';

/** Runs pieces of work with the same name one after another, whoever hands them in; a failed one stops nobody. */
export type Exclusively = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/** Enough where one process works on the store. */
export function createExclusively(): Exclusively {
  const lines = new Map<string, ReturnType<typeof createOneAtATime>>();
  return (name, work) => {
    const line = lines.get(name) ?? createOneAtATime();
    lines.set(name, line);
    return line(work);
  };
}
