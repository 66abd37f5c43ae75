/** What a process does. Each also serves the pages for whoever runs it. */
export interface Duties {
  /** Answers people in Slack. */
  readonly answers: boolean;
  /** Watches the platform and tells the channels. */
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
