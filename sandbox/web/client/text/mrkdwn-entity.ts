export interface TextStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
}

/** What stands in a line of rich text. */
export type InlineElement = { readonly style?: TextStyle } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'emoji'; readonly name: string }
  | { readonly type: 'link'; readonly url: string; readonly text?: string }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'channel'; readonly channel_id: string }
  | { readonly type: 'usergroup'; readonly usergroup_id: string }
  | { readonly type: 'broadcast'; readonly range: 'here' | 'channel' | 'everyone' }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string }
);

/** What stands between `<` and `>` in mrkdwn. What is nothing known is shown as it was written. */
export function readEntity(inside: string, unescaped: (text: string) => string): InlineElement {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescaped(inside.slice(bar + 1));
  const id = target.slice(1);
  if (/^@[A-Z0-9]+$/.test(target)) return { type: 'user', user_id: id };
  if (/^#[A-Z0-9]+$/.test(target)) return { type: 'channel', channel_id: id };
  if (target === '!here' || target === '!channel' || target === '!everyone') return broadcast(target);
  const group = /^!subteam\^([A-Z0-9]+)$/.exec(target)?.[1];
  if (group !== undefined) return { type: 'usergroup', usergroup_id: group };
  const [, seconds, format] = /^!date\^(-?\d+)\^([^^]*)/.exec(target) ?? [];
  if (seconds !== undefined && format !== undefined)
    return { type: 'date', timestamp: Number(seconds), format: unescaped(format) };
  // Only addresses that cannot run anything become links.
  if (/^(https?:\/\/|mailto:)/i.test(target)) {
    return { type: 'link', url: unescaped(target), ...(label !== undefined && { text: label }) };
  }
  return { type: 'text', text: label ?? `<${unescaped(inside)}>` };
}

function broadcast(target: '!here' | '!channel' | '!everyone'): InlineElement {
  const range = target === '!here' ? 'here' : target === '!channel' ? 'channel' : 'everyone';
  return { type: 'broadcast', range };
}
