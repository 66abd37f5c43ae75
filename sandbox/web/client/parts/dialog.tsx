import { type ReactNode, useEffect, useRef } from 'react';

interface DialogProps {
  /** The id of its title. */
  readonly labelledBy: string;
  readonly className: string;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** What a person came to fill in; without it the focus stays where the browser puts it. */
const FIRST_FIELD = '.dialog-body :is(input, textarea, [role=combobox]):enabled';

/** A modal window: the browser keeps the focus in it, gives it back afterwards, and takes Esc for closing it. */
export function Dialog({ labelledBy, className, onCancel, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        // Closed when what it shows is gone, not before: the bot may have something to say to it.
        event.preventDefault();
        if (event.target === event.currentTarget) onCancel();
      }}
    >
      {children}
    </dialog>
  );
}
