import { type ChangeKind, POSTED_KINDS } from '../../src/core/change/changes.ts';
import { changeLook } from '../../src/render/blocks/words.ts';
import type { Difference } from './compare.ts';
import type { Expected } from './model.ts';
import type { ToldRoot } from './told.ts';

/** What is said of one task in one line. */
interface Mention {
  readonly step: number;
  readonly id: string;
  readonly kinds: ReadonlySet<ChangeKind>;
}

const TASK = /\((op-\d+)\)/;

/** Holds what a channel shows against what it had to hear, message by message. */
export function checkStory(
  name: string,
  roots: readonly ToldRoot[],
  expected: readonly Expected[],
): readonly Difference[] {
  const where = `#${name} (against the model)`;
  const mentions = joined(roots.flatMap(mentionsIn));
  const saying = new Map(mentions.map((mention) => [`${mention.step} ${mention.id}`, mention]));
  const wanted = new Set(expected.map(({ step, id }) => `${step} ${id}`));
  return [
    ...expected.flatMap(({ step, id, kinds }): Difference[] => {
      const said = saying.get(`${step} ${id}`)?.kinds;
      const missing =
        said === undefined ? ['anything', ...kinds] : [...kinds].filter((kind) => !said.has(kind));
      return missing.length === 0
        ? []
        : [{ kind: 'lost', where, what: `of ${id} in step ${step}: ${missing.join(', ')}` }];
    }),
    ...[...saying]
      .filter(([key]) => !wanted.has(key))
      .map(([key, { kinds }]): Difference => {
        return {
          kind: 'unwanted',
          where,
          what: `of ${key.split(' ')[1]} in step ${key.split(' ')[0]}: ${[...kinds].join(', ')}`,
        };
      }),
  ];
}

/** Every task that a message and its thread speak of; each line speaks of one. */
function mentionsIn({ step, text, replies }: ToldRoot): readonly Mention[] {
  const root = TASK.exec(text)?.[1];
  return [
    // A root shows how its task stands, whatever changed.
    ...(root === undefined ? [] : [{ step, id: root, kinds: new Set<ChangeKind>() }]),
    ...replies.flatMap((reply) => reply.text.split('\n').flatMap((line) => mentionIn(reply.step, line))),
  ];
}

function mentionIn(step: number, line: string): readonly Mention[] {
  const id = TASK.exec(line)?.[1];
  if (id === undefined) return [];
  const kinds = POSTED_KINDS.filter((kind) => new RegExp(`\\b${changeLook(kind).brief}\\b`).test(line));
  return [{ step, id, kinds: new Set(kinds) }];
}

/** All that is said of a task in one step, in its own thread and in summaries. */
function joined(mentions: readonly Mention[]): readonly Mention[] {
  return [...Map.groupBy(mentions, ({ step, id }) => `${step} ${id}`).values()].flatMap((some) => {
    const [first] = some;
    return first ? [{ ...first, kinds: new Set(some.flatMap(({ kinds }) => [...kinds])) }] : [];
  });
}
