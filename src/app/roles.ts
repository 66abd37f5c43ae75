/** What a process does. Every role also serves the operator's pages. */
export interface Duties {
  readonly answers: boolean;
  /** Polls the platform and posts notifications to the channels. */
  readonly tells: boolean;
}

export const ROLES = {
  all: { answers: true, tells: true },
  web: { answers: true, tells: false },
  worker: { answers: false, tells: true },
} as const satisfies Readonly<Record<string, Duties>>;

export type Role = keyof typeof ROLES;

export function isRole(name: string): name is Role {
  return Object.hasOwn(ROLES, name);
}
