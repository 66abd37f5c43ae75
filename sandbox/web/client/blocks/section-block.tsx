import type { JsonObject } from '../../../workspace/json.ts';
import { asObjects, asString, isObject } from '../../../workspace/json.ts';
import { Element } from '../elements/element.tsx';
import { keyed } from '../shown/keyed.ts';
import { TextObject } from './text-object.tsx';

/** Text, pairs beside each other, and at the right what belongs to it. */
export function SectionBlock({ block }: { block: JsonObject }) {
  const fields = asObjects(block.fields);
  return (
    <div className="section-block">
      <div className="section-text">
        {isObject(block.text) && <TextObject text={block.text} />}
        {fields.length > 0 && (
          <div className="section-fields">
            {keyed(fields, ({ text }) => asString(text)).map(({ key, item: field }) => (
              <TextObject key={key} text={field} />
            ))}
          </div>
        )}
      </div>
      {isObject(block.accessory) && (
        <div className="section-accessory">
          <Element element={block.accessory} blockId={asString(block.block_id)} />
        </div>
      )}
    </div>
  );
}
