import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface PopupProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const GAP = 4;

/** Stands over everything else beside its anchor: below it, or above where there is more room. */
export function Popup({ anchor, onClose, children }: PopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = popup.current;
    if (shown === null || anchor.current === null) return;
    shown.showPopover();
    const at = anchor.current.getBoundingClientRect();
    const below = innerHeight - at.bottom - GAP * 2;
    const above = at.top - GAP * 2;
    const up = shown.offsetHeight > below && above > below;
    shown.style.maxHeight = `${up ? above : below}px`;
    shown.style.minWidth = `${at.width}px`;
    shown.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - shown.offsetWidth - GAP))}px`;
    shown.style.top = up ? `${at.top - GAP - shown.offsetHeight}px` : `${at.bottom + GAP}px`;
  }, [anchor]);
  useEffect(() => {
    const pressed = ({ target }: Event) => {
      const inside =
        target instanceof Node && (popup.current?.contains(target) || anchor.current?.contains(target));
      if (!inside) onClose();
    };
    document.addEventListener('pointerdown', pressed);
    document.addEventListener('scroll', pressed, true);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      document.removeEventListener('scroll', pressed, true);
    };
  }, [anchor, onClose]);
  return (
    <div ref={popup} popover="manual" className="popup">
      {children}
    </div>
  );
}
