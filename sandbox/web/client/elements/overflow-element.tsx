import { asObjects, asString } from '../../../workspace/json.ts';
import { Menu } from '../parts/menu.tsx';
import { plainText } from '../text/plain-text.ts';
import type { ElementProps } from './field.ts';
import { usePress } from './use-press.tsx';

/** The three dots with a menu behind them. */
export function OverflowElement({ element, blockId }: ElementProps) {
  const { press, pending, disabled, question } = usePress(element, blockId);
  const items = asObjects(element.options).map((option) => ({
    label: plainText(option.text),
    onChoose: () => {
      const url = asString(option.url);
      if (/^https?:/i.test(url)) window.open(url, '_blank', 'noreferrer');
      press(asString(option.value));
    },
  }));
  return (
    <>
      <Menu label="More options" className="button overflow" items={items} disabled={disabled} busy={pending}>
        ⋯
      </Menu>
      {question}
    </>
  );
}
