import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { nextActive } from '../elements/next-active.ts';
import { Popup } from '../elements/popup.tsx';

export interface MenuItem {
  readonly label: string;
  readonly onChoose: () => void;
}

interface MenuProps {
  /** What the button is called. */
  readonly label: string;
  readonly className: string;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A button with a menu of things to do. */
export function Menu({ label, className, items, disabled = false, busy = false, children }: MenuProps) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    anchor.current?.focus();
  };
  const choose = (item: MenuItem | undefined) => {
    close();
    item?.onChoose();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const active = rows.findIndex((row) => row.matches(':focus'));
    const next = nextActive(
      event.key,
      active,
      items.map(({ label: text }) => ({ text })),
    );
    if (event.key === 'Tab') close();
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === 'close') close();
    else if (next === 'choose') choose(items[active]);
    else rows[next]?.focus();
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        disabled={disabled}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <Popup anchor={anchor} onClose={() => setOpen(false)}>
          <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
            {items.map((item, index) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                className="option"
                ref={index === 0 ? focusOnce : undefined}
                onClick={() => choose(item)}
              >
                {item.label}
              </button>
            ))}
          </div>
        </Popup>
      )}
    </>
  );
}

/** Drawn anew, the first item must not take the focus back from another. */
function focusOnce(row: HTMLElement | null): void {
  if (row && !row.parentElement?.contains(document.activeElement)) row.focus();
}
