import type { Person } from '../../../workspace/directory.ts';
import type { ShownPerson } from '../../contract.ts';

/** Seeded by the emulated Web API for itself; nobody to type as. */
const ADMIN = 'admin';

/** Those who can be chosen as the one who types and presses. */
export function shownPeople(people: readonly Person[]): readonly ShownPerson[] {
  return people
    .filter(({ isBot, name }) => !isBot && name !== ADMIN)
    .map(({ id, name, realName, timeZone, team, outsider }) => ({
      id,
      name,
      realName,
      timeZone,
      team: team.name,
      outsider,
    }));
}
