import { quoted } from '../filter/line-problem.ts';
import type { Token } from '../filter/tokens.ts';
import { printMention } from './print-subscription.ts';
import { isOff, type Reading, refused, said } from './reading.ts';
import type { Mention } from './subscription.ts';

const GROUP = /^<!subteam\^(S[A-Z0-9]{1,30})(?:\|[^<>]*)?>$/;
const PERSON = /^<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>$/;
const HERE = /^(?:<!here(?:\|[^<>]*)?>|@?here)$/i;
/** Mentions that notify everybody, including people who are away. */
const EVERYBODY = /^(?:<!(?:channel|everyone)(?:\|[^<>]*)?>|@?(?:channel|everyone))$/i;

/**
 * `mention:` with the groups and people to notify, as Slack writes them into a line; `mention:off` for nobody. A
 * name that Slack left as plain text is refused: only Slack knows which group it means.
 */
export function readMentions(token: Token): Reading<readonly Mention[]> {
  const [first, ...more] = token.values;
  if (first !== undefined && more.length === 0 && isOff(first)) return said([]);
  const mentions = new Map<string, Mention>();
  for (const value of token.values) {
    const mention = mentionOf(value);
    if (mention === null) return noMention(token, value);
    mentions.set(printMention(mention), mention);
  }
  return said([...mentions.values()]);
}

/** Whether a bare word is or resembles a mention, so that the answer can say where it belongs. */
export function looksLikeMention(value: string): boolean {
  return /^(?:<[@!#][^<>]*>|@.+)$/.test(value);
}

function mentionOf(value: string): Mention | null {
  const group = GROUP.exec(value)?.[1];
  if (group !== undefined) return { kind: 'group', id: group };
  const person = PERSON.exec(value)?.[1];
  if (person !== undefined) return { kind: 'person', id: person };
  return HERE.test(value) ? { kind: 'here' } : null;
}

function noMention(token: Token, value: string): Reading<never> {
  if (value.trim() === '')
    return refused(token, '`mention:` needs a group or a person after it', 'mention:@here');
  if (EVERYBODY.test(value)) {
    return refused(
      token,
      `${quoted(value)} would wake people who are away; name a group, or those who are about`,
      'mention:@here',
    );
  }
  if (isOff(value)) return refused(token, `${quoted(value)} stands alone or not at all`, 'mention:off');
  if (/^<#/.test(value)) return refused(token, 'a channel cannot be called; name a group or a person');
  return refused(
    token,
    `Slack did not say who ${quoted(value)} is; pick the name from the list Slack offers while you type`,
  );
}
