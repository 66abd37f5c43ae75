import { useNow } from '../state/use-now.ts';
import { useWorkspace } from '../state/workspace-context.ts';
import { slackDate } from '../text/slack-date.ts';

const MINUTE = 60_000;

/** A Slack date in the reader's zone; the tip over it says the same in UTC. */
export function SlackTime({ seconds, format }: { seconds: number; format: string }) {
  const { zone } = useWorkspace();
  const now = useNow(MINUTE);
  const iso = new Date(seconds * 1000).toISOString();
  return (
    <time dateTime={iso} title={`${iso.slice(0, 16).replace('T', ' ')} UTC`}>
      {slackDate(seconds, format, { zone, now })}
    </time>
  );
}
