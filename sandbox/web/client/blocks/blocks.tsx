import { useMemo } from 'react';
import type { JsonObject } from '../../../workspace/json.ts';
import { asObject, asObjects, asString } from '../../../workspace/json.ts';
import { withBlockIds } from '../../../workspace/people/find-element.ts';
import { Element } from '../elements/element.tsx';
import { keyed } from '../shown/keyed.ts';
import { plainText } from '../text/plain-text.ts';
import { ChartBlock } from './chart-block.tsx';
import { DataTable } from './data-table.tsx';
import { InputBlock } from './input-block.tsx';
import { LibraryBlocks } from './library-blocks.tsx';
import { SectionBlock } from './section-block.tsx';
import { TextObject } from './text-object.tsx';

/** Blocks as Slack shows them: what can be used is ours, what is only looked at is the renderer's. */
export function Blocks({ blocks }: { blocks: readonly JsonObject[] }) {
  return (
    <div className="blocks">
      {keyed(withOriginals(blocks), ({ block }) => asString(block.type)).map(({ key, item }) => (
        <AnyBlock key={key} {...item} />
      ))}
    </div>
  );
}

/** Each block with its id, beside it as it was sent. */
function withOriginals(blocks: readonly JsonObject[]) {
  return withBlockIds(blocks).map((block, index) => ({ block, original: blocks[index] ?? block }));
}

/** `original` is the same block as it was sent, unchanged from one drawing to the next. */
function AnyBlock({ block, original }: { block: JsonObject; original: JsonObject }) {
  const blockId = asString(block.block_id);
  switch (block.type) {
    case 'section':
      return <SectionBlock block={block} />;
    case 'header':
      return <div className="header-block">{plainText(block.text)}</div>;
    case 'divider':
      return <hr />;
    case 'context':
      return (
        <div className="context-block">
          {keyed(asObjects(block.elements), ({ type }) => asString(type)).map(({ key, item: element }) =>
            element.type === 'image' ? (
              <img key={key} src={asString(element.image_url)} alt={asString(element.alt_text)} />
            ) : (
              <TextObject key={key} text={element} />
            ),
          )}
        </div>
      );
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions-block">
          {keyed(asObjects(block.elements), ({ action_id }) => asString(action_id)).map(
            ({ key, item: element }) => (
              <Element key={key} element={element} blockId={blockId} />
            ),
          )}
        </div>
      );
    case 'input':
      return <InputBlock block={block} />;
    case 'data_table':
      return <DataTable block={original} />;
    case 'data_visualization':
      return <ChartBlock block={original} />;
    case 'container':
      return (
        <section className="container-block">
          <strong>{plainText(asObject(block.title))}</strong>
          <Blocks blocks={asObjects(block.child_blocks)} />
        </section>
      );
    default:
      return <OtherBlock block={original} />;
  }
}

/** Drawn by the renderer. The list is kept, since a new one each time would make it draw again. */
function OtherBlock({ block }: { block: JsonObject }) {
  const blocks = useMemo(() => [block], [block]);
  return <LibraryBlocks blocks={blocks} />;
}
