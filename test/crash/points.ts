/** The moments at which a bot is killed, in the order in which a change passes them. */
export const POINTS = [
  'while it starts',
  'before a platform read',
  'after a platform read',
  'inside the recording transaction',
  'before the recording commits',
  'after the recording committed',
  'before the intent is stored',
  'inside the intent',
  'after the intent is stored',
  'before Slack takes a post',
  'after Slack took a post',
  'before the receipt is stored',
  'inside the receipt',
  'after the receipt is stored',
  'before the history is read',
  'after the history is read',
  'before a notification is put back',
  'before Slack takes an edit',
  'after Slack took an edit',
  'before the edit is recorded',
] as const;

export type Point = (typeof POINTS)[number];

/** The reads of the platform, as the gate before it names them: a bot has to die before and after each of them. */
export const READS = [
  'login',
  'list processing 0',
  'list wait 0',
  'list failed 0',
  'list success 0',
  'list stop 0',
  'list all 0',
  'getTask',
  'listDeviceResults',
] as const;

/** Points that are seen on the way between the bot and the two systems; all others are seen at its statements. */
export const NETWORK_POINTS: ReadonlySet<Point> = new Set<Point>([
  'before a platform read',
  'after a platform read',
  'before Slack takes a post',
  'after Slack took a post',
  'before the history is read',
  'after the history is read',
  'before Slack takes an edit',
  'after Slack took an edit',
]);

/** The points around a call to Slack; none for calls that matter to no notification. */
export function slackPoints(method: string): { readonly before: Point; readonly after: Point } | null {
  if (method === 'chat.postMessage')
    return { before: 'before Slack takes a post', after: 'after Slack took a post' };
  if (method === 'chat.update')
    return { before: 'before Slack takes an edit', after: 'after Slack took an edit' };
  if (method === 'conversations.history' || method === 'conversations.replies')
    return { before: 'before the history is read', after: 'after the history is read' };
  return null;
}
