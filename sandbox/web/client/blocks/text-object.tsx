import { memo, useMemo } from 'react';
import type { Json, JsonObject } from '../../../workspace/json.ts';
import { asObject, asString } from '../../../workspace/json.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { plainText } from '../text/plain-text.ts';
import { LibraryBlocks } from './library-blocks.tsx';

/** A text object: plain words as they are, mrkdwn formatted. */
export function TextObject({ text }: { text: Json | undefined }) {
  const object = asObject(text);
  if (object.type === 'plain_text') return <div className="plain-text">{plainText(object)}</div>;
  return <Mrkdwn text={asString(object.text)} verbatim={object.verbatim === true} />;
}

/** Formatted words: read by us, drawn by the renderer. */
export const Mrkdwn = memo(function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  const blocks = useMemo(
    // Pieces are made of strings, numbers and lists only, as JSON is.
    () => [{ type: 'rich_text', elements: mrkdwn(text, verbatim) as unknown as Json }] satisfies JsonObject[],
    [text, verbatim],
  );
  return <LibraryBlocks blocks={blocks} />;
});
