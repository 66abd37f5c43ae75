import type { ChangeKind } from '../../src/core/change/changes.ts';
import { parseTerms } from '../../src/core/filter/parse-terms.ts';
import { PREVIEW_SPAN, type PreviewAnswer } from '../../src/core/notification/preview.ts';
import type { Wished } from '../../src/core/subscription/apply-wish.ts';
import type { ChannelHours } from '../../src/core/subscription/subscription.ts';
import type { Task } from '../../src/core/task/task.ts';
import type { Subscribed } from '../../src/render/subscription/subscribed.ts';
import { NOON } from '../core/tasks.ts';

/** Failures of all tasks; otherwise as told. */
export function wishedOf({
  filter = '',
  ...words
}: Partial<Wished> & { readonly filter?: string } = {}): Wished {
  return { terms: parseTerms(filter).terms, kinds: ['failed'], mentions: [], thresholds: {}, ...words };
}

export const HOURS: ChannelHours = {
  quiet: { from: 1_320, until: 420 },
  digestAt: 540,
  zone: 'Europe/Berlin',
};

/** A whole week in which nothing would have been told; otherwise as told. */
export function previewOf(
  kinds: Partial<Record<ChangeKind, number>> = {},
  words: Partial<PreviewAnswer> = {},
): PreviewAnswer {
  const counts = Object.entries(kinds);
  return {
    messages: counts.reduce((sum, [, count]) => sum + count, 0) + (words.summaries ?? 0),
    // The keys are those of the record that was given.
    kinds: new Map(counts as [ChangeKind, number][]),
    ...{ summaries: 0, summarised: 0, replies: 0, examples: [], span: PREVIEW_SPAN },
    ...{ atLeast: false, tasks: new Map() },
    ...words,
  };
}

/** Three examples of the same task. */
export function examplesOf(task: Task): Pick<PreviewAnswer, 'examples' | 'tasks'> {
  const { operationId } = task;
  const kinds = ['failed', 'vanished', 'failing'] as const;
  return {
    examples: kinds.map((kind) => ({ operationId, kind, at: NOON })),
    tasks: new Map([[operationId, task]]),
  };
}

/** A new subscription that was just saved; otherwise as told. */
export function subscribedOf(words: Partial<Subscribed> = {}): Subscribed {
  return {
    ...{ wished: wishedOf(), before: null, hours: null, digestAt: null, byHours: false },
    ...{ preview: previewOf(), resumed: false },
    ...words,
  };
}
