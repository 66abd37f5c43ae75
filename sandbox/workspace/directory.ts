/**
 * A person to be seeded. Members of the `partner` are outsiders. In an organisation people may be in another workspace of it
 * (`sibling`), or in that one and at home (`both`).
 */
export interface PersonSeed {
  readonly name: string;
  readonly realName?: string;
  /** IANA name, such as `Europe/Madrid`; default `UTC`. */
  readonly timeZone?: string;
  readonly team?: 'home' | 'partner' | 'sibling' | 'both';
}

/** A channel to be seeded; public, with the bot as a member, unless it says otherwise. */
export interface ChannelSeed {
  readonly name: string;
  readonly private?: boolean;
  /** Names of the people in it; default everybody. */
  readonly members?: readonly string[];
  readonly botIsMember?: boolean;
  /** Shared with the partner's workspace (Slack Connect). */
  readonly externallyShared?: boolean;
}

/** A user group to be seeded, mentioned as `<!subteam^id>`. */
export interface UserGroupSeed {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  /** Names of the people in it; default nobody. */
  readonly members?: readonly string[];
}

export interface Team {
  readonly id: string;
  readonly domain: string;
  readonly name: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly timeZone: string;
  /** What interactions name. Inside an organisation that is one of their workspaces, not always the one they act in. */
  readonly team: Team;
  /** Ids of all workspaces they are in. */
  readonly teams: readonly string[];
  readonly outsider: boolean;
  readonly isBot: boolean;
  /** Lets the sandbox write in this person's name. */
  readonly token: string;
}

/** A conversation. Membership, archiving and sharing may change while the workspace runs. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  externallyShared: boolean;
  botIsMember: boolean;
  archived: boolean;
  /** The person on the other side of a direct message. */
  readonly user: string | null;
}

/** emulate knows one team and gives it this id. */
export const HOME_TEAM: Team = { id: 'T000000001', domain: 'acme-iot', name: 'Acme IoT' };
export const PARTNER_TEAM: Team = { id: 'T0PARTNER1', domain: 'vendor', name: 'Vendor Ltd' };

/** Another workspace of the organisation, where there is one. */
export const SIBLING_TEAM: Team = { id: 'T0SIBLING1', domain: 'acme-sales', name: 'Acme Sales' };

export const DEFAULT_PEOPLE: readonly PersonSeed[] = [
  { name: 'ana', realName: 'Ana Ruiz', timeZone: 'Europe/Madrid' },
  { name: 'wei', realName: 'Wei Chen', timeZone: 'Asia/Shanghai' },
  { name: 'sam', realName: 'Sam Okoro', timeZone: 'America/New_York' },
  { name: 'olga', realName: 'Olga Vendor', timeZone: 'Europe/Warsaw', team: 'partner' },
];

export const DEFAULT_CHANNELS: readonly ChannelSeed[] = [
  { name: 'iot-ops' },
  { name: 'iot-alerts' },
  { name: 'iot-private', private: true, members: ['ana', 'wei'] },
  { name: 'no-bot-here', botIsMember: false },
  { name: 'shared-vendor', externallyShared: true },
];

export const DEFAULT_USER_GROUPS: readonly UserGroupSeed[] = [
  { id: 'S0ONCALL01', handle: 'iot-oncall', name: 'IoT on call', members: ['ana', 'wei'] },
];

/** Who and what is in the workspace, found by id or by name (with or without `@`, `#`). */
export class Directory {
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();

  /** The person, or an error that names everybody there is. */
  person(idOrName: string): Person {
    const wanted = idOrName.replace(/^@/, '');
    const found =
      this.people.get(wanted) ?? [...this.people.values()].find((person) => person.name === wanted);
    if (found) return found;
    throw new Error(`nobody is called ${idOrName}; there are ${names(this.people.values())}`);
  }

  /** The channel, or undefined: for calls that come from outside. */
  findChannel(idOrName: string): Channel | undefined {
    const wanted = idOrName.replace(/^#/, '');
    const byName = [...this.channels.values()].find((one) => one.name === wanted && one.kind !== 'im');
    return this.channels.get(wanted) ?? byName;
  }

  /** The channel, or an error that names all there are. */
  channel(idOrName: string): Channel {
    const found = this.findChannel(idOrName);
    if (found) return found;
    throw new Error(`no channel is called ${idOrName}; there are ${names(this.channels.values())}`);
  }
}

function names(all: Iterable<{ readonly name: string; readonly id: string }>): string {
  return [...all].map((one) => `${one.name} (${one.id})`).join(', ');
}
