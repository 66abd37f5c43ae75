import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ShownMessage } from '../../contract.ts';
import type { Row } from '../shown/message-rows.ts';
import { useNow } from '../state/use-now.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { dayOf } from '../text/message-time.ts';
import { Message } from './message.tsx';

interface MessageListProps {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly channel: string;
  readonly openThread: ((message: ShownMessage) => void) | null;
  /** How many lines the person has sent: whoever sends one wants to see what comes of it. */
  readonly sent: number;
}

const MINUTE = 60_000;
/** This close to the end counts as being there. */
const NEAR = 48;

/** Messages under the dividers of their days. Stays at the end unless the person has gone back to read. */
export function MessageList({ label, rows, channel, openThread, sent }: MessageListProps) {
  const { zone } = useWorkspace();
  const reading = { zone, now: useNow(MINUTE) };
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const lastTop = useRef(0);
  const [behind, setBehind] = useState(false);
  // What is there at first was not seen to come.
  const [newestAtFirst] = useState(() => newestTs(rows));
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd(list.current);
      else setBehind(true);
    });
    if (content.current) observer.observe(content.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line that was sent is the reason
  useEffect(() => {
    atEnd.current = true;
    toEnd(list.current);
  }, [sent]);
  const onScroll = () => {
    const shown = list.current;
    if (shown === null) return;
    const near = shown.scrollHeight - shown.scrollTop - shown.clientHeight < NEAR;
    // Growing content scrolls too; only who goes up leaves the end.
    if (near) atEnd.current = true;
    else if (shown.scrollTop < lastTop.current) atEnd.current = false;
    lastTop.current = shown.scrollTop;
    if (near) setBehind(false);
  };
  return (
    <div className="message-area">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <div className="message-list" role="log" aria-label={label} tabIndex={0} ref={list} onScroll={onScroll}>
        <div className="message-rows" ref={content}>
          {rows.map((row) =>
            row.kind === 'day' ? (
              <div className="day" key={`day ${row.ts}`}>
                <span>{dayOf(row.ts, reading)}</span>
              </div>
            ) : (
              <Message
                key={`${row.message.ts} ${row.message.onlyYou}`}
                message={row.message}
                channel={channel}
                follows={row.follows}
                replies={row.replies}
                fresh={row.message.ts > newestAtFirst}
                openThread={openThread}
              />
            ),
          )}
        </div>
      </div>
      {behind && (
        <button type="button" className="to-end" onClick={() => toEnd(list.current)}>
          Newest messages ↓
        </button>
      )}
    </div>
  );
}

function toEnd(list: HTMLElement | null): void {
  if (list) list.scrollTop = list.scrollHeight;
}

function newestTs(rows: readonly Row[]): string {
  return rows.reduce(
    (newest, row) => (row.kind === 'message' && row.message.ts > newest ? row.message.ts : newest),
    '',
  );
}
