import { memo } from 'react';
import type { ShownMessage } from '../../contract.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { MessageSurface } from '../blocks/message-surface.tsx';
import { Mrkdwn } from '../blocks/text-object.tsx';
import { authorName } from '../shown/names.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { fullTimeOf, timeOf } from '../text/message-time.ts';
import { Avatar } from './avatar.tsx';
import { MessageActions } from './message-actions.tsx';
import { ThreadLink } from './thread-link.tsx';
import { Violations } from './violations.tsx';

interface MessageProps {
  readonly message: ShownMessage;
  readonly channel: string;
  readonly follows: boolean;
  readonly replies: readonly ShownMessage[];
  /** Came while the person was looking. */
  readonly fresh: boolean;
  /** Null inside a thread, where there is none to open. */
  readonly openThread: ((message: ShownMessage) => void) | null;
}

/** One message with its head, its blocks, and what leads on from it. */
export const Message = memo(function Message(props: MessageProps) {
  const { message, channel, follows, replies, fresh, openThread } = props;
  const workspace = useWorkspace();
  const { author, ts, text, blocks, broadcast, onlyYou, edited, violations } = message;
  const name = authorName(author, workspace);
  const bot = author === workspace.botId;
  const outsider = workspace.people.find(({ id, outsider }) => id === author && outsider);
  const reading = { zone: workspace.zone, now: 0 };
  const time = (
    <time
      className="message-time"
      dateTime={new Date(Number(ts) * 1000).toISOString()}
      title={fullTimeOf(ts, reading)}
    >
      {timeOf(ts, reading)}
    </time>
  );
  const classes = [
    'message',
    follows && 'follows',
    fresh && 'fresh',
    onlyYou && 'only-you',
    violations.length > 0 && 'refused',
  ];
  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      aria-label={`${name}, ${timeOf(ts, reading)}`}
      data-ts={ts}
    >
      {onlyYou && <p className="note-line">👁 Only visible to you</p>}
      {broadcast && (
        <p className="note-line">
          {openThread === null ? (
            'Also sent to the channel'
          ) : (
            <>
              ↳ replied to a thread:{' '}
              <button type="button" className="link" onClick={() => openThread(message)}>
                View thread
              </button>
            </>
          )}
        </p>
      )}
      <div className="message-side">{follows ? time : <Avatar name={name} />}</div>
      <div className="message-main">
        {!follows && (
          <div className="message-head">
            <strong>{name}</strong>
            {bot && <span className="badge">APP</span>}
            {outsider && <span className="badge outsider">{outsider.team}</span>}
            {time}
          </div>
        )}
        <MessageSurface message={message} channel={channel}>
          <div className="message-body">
            {blocks.length > 0 ? <Blocks blocks={blocks} /> : <Mrkdwn text={text} />}
            {edited && <span className="edited">(edited)</span>}
          </div>
        </MessageSurface>
        {violations.length > 0 && <Violations violations={violations} />}
        {openThread && replies.length > 0 && (
          <ThreadLink replies={replies} open={() => openThread(message)} />
        )}
      </div>
      {!onlyYou && violations.length === 0 && (
        <MessageActions message={message} channel={channel} openThread={openThread} />
      )}
    </article>
  );
});
