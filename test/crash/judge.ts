import { apartFromBlindness } from './blindness.ts';
import { checkStory } from './check-story.ts';
import { compareChannels, type Difference } from './compare.ts';
import { expectStory } from './model.ts';
import type { Played } from './played.ts';
import type { Script } from './script.ts';
import { WISHES } from './subscriptions.ts';
import type { ToldChannels } from './told.ts';

/** How a run with trouble stands beside one without. */
export interface Verdict {
  readonly differences: readonly Difference[];
  /** Messages and replies of the run without trouble. */
  readonly notifications: number;
  readonly threads: number;
  /** Threads that hold the same replies in both. */
  readonly threadsKept: number;
}

export function judge(
  script: Script,
  reference: Pick<Played, 'channels'>,
  troubled: Pick<Played, 'channels'>,
): Verdict {
  const seen = apartFromBlindness(troubled.channels);
  // On a busy machine the platform may answer too late without any trouble of ours.
  const { channels, differences } = apartFromBlindness(reference.channels);
  const roots = Object.values(channels).flat();
  const threads = threadsOf(channels);
  const kept = threadsOf(seen.channels);
  return {
    differences: [
      ...againstModel(script, channels),
      ...compareChannels(channels, seen.channels),
      ...differences,
      ...seen.differences,
    ],
    notifications: roots.reduce((sum, { replies }) => sum + 1 + replies.length, 0),
    threads: threads.size,
    threadsKept: [...threads].filter(([root, replies]) => kept.get(root) === replies).length,
  };
}

/** Every root that has replies, as its channel and text, and its replies in no order. */
function threadsOf(channels: ToldChannels): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(channels).flatMap(([name, roots]) =>
      roots
        .filter(({ replies }) => replies.length > 0)
        .map(({ shown, replies }) => [
          `${name} ${shown}`,
          replies
            .map((reply) => reply.shown)
            .sort()
            .join('\n'),
        ]),
    ),
  );
}

/** The undisturbed run has to be right as well. The model knows the channels that are open all the time. */
function againstModel(script: Script, channels: ToldChannels): readonly Difference[] {
  const { everything, alarms } = WISHES;
  return [
    ...checkStory(
      'everything',
      channels.everything ?? [],
      expectStory(script, { kinds: everything.kinds, firmwareOnly: false }),
    ),
    ...checkStory(
      'alarms',
      channels.alarms ?? [],
      expectStory(script, { kinds: alarms.kinds, firmwareOnly: true }),
    ),
  ];
}
