import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Choice } from './choices.ts';
import type { Field } from './field.ts';
import { nextActive } from './next-active.ts';
import { Popup } from './popup.tsx';

interface ListboxProps {
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  /** What stands on it while nothing is chosen; its name where no label stands beside it. */
  readonly placeholder: string;
  readonly field: Field | null;
  readonly disabled: boolean;
  readonly busy?: boolean;
  /** Several can be chosen: it stays open, and choosing again takes back. */
  readonly multiple?: boolean;
  readonly onChoose: (value: string) => void;
  readonly onClosed?: () => void;
}

/** A menu to choose from, by pointer or keys: arrows, Home, End, the first letters, Enter, Esc. */
export function Listbox(props: ListboxProps) {
  const { choices, chosen, placeholder, field, disabled, busy, multiple, onChoose, onClosed } = props;
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const open = active !== null;
  const shown = choices.filter(({ value }) => chosen.includes(value)).map(({ text }) => text);
  const close = () => {
    setActive(null);
    onClosed?.();
  };
  const choose = (index: number) => {
    const choice = choices[index];
    if (choice) onChoose(choice.value);
    if (!multiple) close();
  };
  const start = () =>
    setActive(
      Math.max(
        0,
        choices.findIndex(({ value }) => chosen.includes(value)),
      ),
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!open) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        start();
      }
      return;
    }
    if (event.key === 'Tab') return close();
    const next = nextActive(event.key, active, choices);
    if (next === null) return;
    // The window around it must not take Esc for itself, nor the page scroll.
    event.preventDefault();
    event.stopPropagation();
    if (next === 'close') close();
    else if (next === 'choose') choose(active);
    else setActive(next);
  };
  return (
    <>
      <button
        ref={anchor}
        id={field?.id}
        type="button"
        role="combobox"
        className="select"
        disabled={disabled}
        aria-busy={busy}
        aria-label={field === null ? placeholder : undefined}
        aria-describedby={field?.described}
        aria-invalid={field?.invalid}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}-${active}` : undefined}
        onClick={() => (open ? close() : start())}
        onKeyDown={onKeyDown}
      >
        <span className={shown.length === 0 ? 'placeholder' : undefined}>
          {shown.join(', ') || placeholder}
        </span>
      </button>
      {open && (
        <Popup anchor={anchor} onClose={close}>
          <div
            role="listbox"
            id={id}
            aria-label={field?.label ?? placeholder}
            aria-multiselectable={multiple}
            tabIndex={-1}
          >
            {choices.map(({ value, text, group }, index) => (
              <div key={`${group} ${value}`}>
                {group !== '' && group !== choices[index - 1]?.group && (
                  <div className="option-group">{group}</div>
                )}
                {/* biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option */}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: its keys are read by the combobox */}
                <div
                  role="option"
                  id={`${id}-${index}`}
                  className={`option ${index === active ? 'active' : ''}`}
                  aria-selected={chosen.includes(value)}
                  ref={index === active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
                  onPointerMove={() => setActive(index)}
                  onClick={() => choose(index)}
                >
                  {text}
                </div>
              </div>
            ))}
          </div>
        </Popup>
      )}
    </>
  );
}
