import type { ShownMessage } from '../../contract.ts';
import { authorName } from '../shown/names.ts';
import { replyAuthors, replyCount } from '../shown/thread.ts';
import { useNow } from '../state/use-now.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { dayOf, momentOf, timeOf } from '../text/message-time.ts';
import { nearDay } from '../text/slack-date.ts';
import { Avatar } from './avatar.tsx';

const MINUTE = 60_000;

/** Leads to the thread under a message: who wrote in it, how much, and when last. */
export function ThreadLink({ replies, open }: { replies: readonly ShownMessage[]; open: () => void }) {
  const workspace = useWorkspace();
  const reading = { zone: workspace.zone, now: useNow(MINUTE) };
  const last = replies.at(-1);
  return (
    <button type="button" className="thread-link" onClick={open}>
      {replyAuthors(replies, 3).map((author) => (
        <Avatar key={author} small name={authorName(author, workspace)} />
      ))}
      <strong>{replyCount(replies)}</strong>
      {last && (
        <span className="muted">
          Last reply {nearDay(momentOf(last.ts), reading) ?? dayOf(last.ts, reading)} at{' '}
          {timeOf(last.ts, reading)}
        </span>
      )}
    </button>
  );
}
