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
    popup.current?.showPopover();
    place(popup.current, anchor.current);
  }, [anchor]);
  useEffect(() => {
    const pressed = ({ target }: Event) => {
      const inside =
        target instanceof Node && (popup.current?.contains(target) || anchor.current?.contains(target));
      if (!inside) onClose();
    };
    // Messages that come in move what it belongs to; it goes along.
    const moved = () => place(popup.current, anchor.current);
    document.addEventListener('pointerdown', pressed);
    document.addEventListener('scroll', moved, true);
    window.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      document.removeEventListener('scroll', moved, true);
      window.removeEventListener('resize', moved);
    };
  }, [anchor, onClose]);
  return (
    <div ref={popup} popover="manual" className="popup">
      {children}
    </div>
  );
}

function place(popup: HTMLElement | null, anchor: HTMLElement | null): void {
  if (popup === null || anchor === null) return;
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP * 2;
  const above = at.top - GAP * 2;
  const up = popup.scrollHeight > below && above > below;
  popup.style.maxHeight = `${Math.max(0, up ? above : below)}px`;
  popup.style.minWidth = `${at.width}px`;
  popup.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - popup.offsetWidth - GAP))}px`;
  popup.style.top = up ? `${at.top - GAP - popup.offsetHeight}px` : `${at.bottom + GAP}px`;
}
