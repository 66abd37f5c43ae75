import type { Difference } from './compare.ts';
import type { ToldChannels } from './told.ts';

/** How a message begins that says that the platform cannot be read, and what it becomes when it can again. */
const BLIND = /^I cannot see the platform/;
const OVER = /^I see the platform again/;

/**
 * Takes out what was told of a platform that could not be read: only a run in which it could not has such messages. Every
 * channel has to have the same number of them, and all have to say that it is over.
 */
export function apartFromBlindness(channels: ToldChannels): {
  readonly channels: ToldChannels;
  readonly differences: readonly Difference[];
} {
  const all = Object.entries(channels);
  const counts = all.map(([, roots]) => roots.filter(({ text }) => OVER.test(text)).length);
  const most = Math.max(0, ...counts);
  const differences = all.flatMap(([name, roots], place): Difference[] => [
    ...roots
      .filter(({ text }) => BLIND.test(text))
      .map(({ text }): Difference => ({ kind: 'changed', where: `#${name}`, what: `still says: ${text}` })),
    ...(counts[place] === most
      ? []
      : [{ kind: 'lost', where: `#${name}`, what: 'that the platform could not be read' } as const]),
  ]);
  const rest = all.map(
    ([name, roots]) => [name, roots.filter(({ text }) => !BLIND.test(text) && !OVER.test(text))] as const,
  );
  return { channels: Object.fromEntries(rest), differences };
}
