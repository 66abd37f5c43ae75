import { asString } from '../../../workspace/json.ts';
import { plainText } from '../text/plain-text.ts';
import type { ElementProps } from './field.ts';
import { usePress } from './use-press.tsx';

/** A button. One with an address opens it as well. */
export function ButtonElement({ element, blockId }: ElementProps) {
  const { press, pending, disabled, question } = usePress(element, blockId);
  const style = element.style === 'primary' ? 'primary' : element.style === 'danger' ? 'danger' : '';
  const url = asString(element.url);
  const named = asString(element.accessibility_label) || undefined;
  const label = plainText(element.text);
  if (/^https?:/i.test(url)) {
    return (
      <a
        className={`button ${style}`}
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={named}
        onClick={() => press()}
      >
        {label}
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        className={`button ${style}`}
        aria-label={named}
        aria-busy={pending}
        disabled={disabled}
        onClick={() => press()}
      >
        {label}
      </button>
      {question}
    </>
  );
}
