import type { AccessRefusal, AccessRules, Membership, Reserved } from '../../core/access/access.ts';
import { code } from '../blocks/text.ts';

/** Channels and groups named in one sentence. */
const NAMED = 5;

/** Why access is refused and what to do, in mrkdwn. Ids are from the settings: letters and digits only. */
export function accessRefusal(reason: AccessRefusal, { channels, userGroups }: AccessRules): string {
  switch (reason) {
    case 'outsider':
      return 'Only members of the workspace that installed me can ask here. Please ask one of your colleagues there.';
    case 'sibling':
      return 'Only members of the workspace that installed me can ask here, and you are in another workspace of this organisation. Please ask a colleague who is in mine, or have whoever runs me install me for the whole organisation.';
    case 'unknown-team':
      return 'I could not find out which workspace you belong to, so I did nothing. Ask again in a minute; if it stays so, whoever runs me has to grant me the scope `users:read`.';
    case 'not-in-usergroup':
      return `Only members of the user group ${list(userGroups ?? [], code)} may use me, so I did nothing. Ask whoever looks after it to add you; I notice within 5 minutes.`;
    case 'unknown-membership':
      return 'Slack did not tell me who is in the user groups that may use me, so I did nothing. Ask again in a minute; if it stays so, whoever runs me has to grant me the scope `usergroups:read` and check the setting `ALLOWED_USERGROUPS`.';
    case 'channel-not-allowed':
      return `I may not be used in this channel, so I did nothing. Ask in ${list([...(channels ?? [])], channel)}.`;
    case 'place-not-allowed':
      return `I may be used in certain channels only, so I did nothing. Ask in ${list([...(channels ?? [])], channel)}.`;
  }
}

/** Why nobody in a workspace can be served right now, by error code. */
export function workspaceRefusal(code: string): string {
  return code === 'workspace-refused'
    ? 'Slack no longer lets me work in this workspace: ask whoever runs this bot to install it here again.'
    : 'Slack did not renew my access to this workspace just now. Please ask again in a minute.';
}

/** Why a channel cannot be subscribed. */
export function notSubscribable({ channels }: AccessRules): string {
  return `I may tell certain channels only, and this is none of them, so nothing was saved. Subscribe in ${list([...(channels ?? [])], channel)}.`;
}

const RESERVED: Readonly<Record<Reserved, { readonly deed: string; readonly otherwise: string }>> = {
  external: { deed: 'let other organisations read along (`external:yes`)', otherwise: '' },
  mention: { deed: 'have user groups or `@here` called (`mention:`)', otherwise: ', or name people instead' },
};

/** Why a person may not save a subscription with a reserved option, and what to do. */
export function reservedRefusal(
  reserved: Reserved,
  groups: readonly string[],
  membership: Exclude<Membership, 'member'>,
): string {
  const { deed, otherwise } = RESERVED[reserved];
  const setting = `\`ALLOWED_USERGROUPS_${reserved.toUpperCase()}\``;
  if (groups.length === 0) {
    return `The settings allow nobody to ${deed}, so nothing was saved. Ask whoever runs me about ${setting}.`;
  }
  if (membership === 'unknown') {
    return `Slack did not say who is in the user groups that may ${deed}, so nothing was saved. Try again in a minute; if it stays so, whoever runs me has to grant me the scope \`usergroups:read\` and check the setting ${setting}.`;
  }
  return `Only members of the user group ${list(groups, code)} may ${deed}, so nothing was saved. Ask one of them to subscribe${otherwise}.`;
}

function channel(id: string): string {
  return `<#${id}>`;
}

function list(ids: readonly string[], show: (id: string) => string): string {
  const more = ids.length > NAMED ? ' or another one of them' : '';
  return `${ids.slice(0, NAMED).map(show).join(', ')}${more}`;
}
