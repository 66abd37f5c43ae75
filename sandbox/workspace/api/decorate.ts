import type { Core } from '../core.ts';
import type { Person } from '../directory.ts';
import { PARTNER_TEAM } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { asObject, asObjects, asString } from '../json.ts';

/** Adds to an answer of emulate what Slack tells about people and channels and emulate does not know. */
export function decorate(core: Core, method: string, answer: JsonObject): JsonObject {
  if (answer.ok !== true) return answer;
  switch (method) {
    case 'users.info':
      return { ...answer, user: withPerson(core, asObject(answer.user)) };
    case 'users.list':
      return { ...answer, members: asObjects(answer.members).map((one) => withPerson(core, one)) };
    case 'conversations.info':
      return { ...answer, channel: withChannel(core, asObject(answer.channel)) };
    case 'conversations.list':
      return { ...answer, channels: listed(core, asObjects(answer.channels)) };
    case 'auth.test':
      return {
        ...{ ...answer, team_id: core.settings.team.id, is_enterprise_install: false },
        ...(core.settings.organisation && { enterprise_id: core.settings.organisation }),
      };
    default:
      return answer;
  }
}

/** Private channels the bot is not in are not told. */
function listed(core: Core, channels: readonly JsonObject[]): readonly JsonObject[] {
  return channels
    .map((one) => withChannel(core, one))
    .filter((one) => one.is_private !== true || one.is_member === true);
}

function withPerson(core: Core, user: JsonObject): JsonObject {
  const person = core.directory.people.get(asString(user.id));
  if (!person) return user;
  return {
    ...user,
    ...belonging(core, person),
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds(person, core.settings.now()),
    is_stranger: person.outsider,
    is_restricted: false,
    is_ultra_restricted: false,
    locale: 'en-GB',
  };
}

/** Of members of an organisation Slack names all workspaces, and no `team_id`. */
function belonging(core: Core, { id, team, teams, outsider }: Person): JsonObject {
  const { organisation } = core.settings;
  if (organisation === null || outsider) return { team_id: team.id };
  const of = { enterprise_id: organisation, teams };
  return { ...of, team_id: null, enterprise_user: { id, ...of } };
}

function withChannel(core: Core, channel: JsonObject): JsonObject {
  const known = core.directory.findChannel(asString(channel.id));
  if (!known) return channel;
  return {
    ...channel,
    is_member: known.botIsMember,
    is_archived: known.archived,
    is_ext_shared: known.externallyShared,
    is_shared: known.externallyShared,
    is_org_shared: false,
    context_team_id: core.settings.team.id,
    shared_team_ids: known.externallyShared
      ? [core.settings.team.id, PARTNER_TEAM.id]
      : [core.settings.team.id],
  };
}

function offsetSeconds(person: Person, now: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: person.timeZone,
    timeZoneName: 'longOffset',
  }).formatToParts(now);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60;
  return sign === '-' ? -seconds : seconds;
}
