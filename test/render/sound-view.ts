import { expect } from '@jest/globals';
import type { ModalView } from '@slack/types';
import { checkView } from '../../sandbox/workspace/api/check-blocks.ts';
import { asObject, parseJson } from '../../sandbox/workspace/json.ts';
import { expectSound, readable } from './sound.ts';

/** Slack takes the modal, and nothing in it from outside mentions, links or formats. */
export function expectSoundView(view: ModalView): void {
  expect(checkView(asObject(parseJson(JSON.stringify(view))))).toEqual([]);
  // The same blocks are judged as messages, a message's worth at a time: the rules for texts are the same.
  for (const blocks of batches(view)) expectSound({ text: 'a part of a modal', blocks });
}

/** Everything people read in a modal, in one text. */
export function readableView(view: ModalView): string {
  return batches(view)
    .map((blocks) => readable({ text: '', blocks }))
    .join('\n');
}

type Blocks = Parameters<typeof readable>[0]['blocks'];

function batches({ blocks }: ModalView): readonly Blocks[] {
  // Our views hold known blocks only; the wider type is there for blocks the types lack.
  const known = blocks as Blocks;
  return Array.from({ length: Math.ceil(known.length / 40) }, (_, index) =>
    known.slice(index * 40, (index + 1) * 40),
  );
}
