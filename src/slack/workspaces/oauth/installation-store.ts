import type { Installation, InstallationQuery, InstallationStore } from '@slack/oauth';
import type { Logger } from 'pino';
import { z } from 'zod';
import { mayInstall } from '../../../core/access/access.ts';
import { notInstalled } from '../../../core/access/workspace-error.ts';
import type { Instant } from '../../../lib/instant.ts';
import { createReportOnce } from '../../../lib/report-once.ts';
import type { SealedInstallations } from '../../../store/access/installations.ts';

const named = z.looseObject({ id: z.string(), name: z.string().optional() });
/** What the bot relies on of an installation; everything else is kept as Slack gave it. */
const usable = z.looseObject({
  team: named.optional(),
  enterprise: named.optional(),
  isEnterpriseInstall: z.boolean().optional(),
  authVersion: z.literal('v2'),
  user: z.looseObject({
    id: z.string(),
    token: z.string().optional(),
    scopes: z.array(z.string()).optional(),
  }),
  bot: z.looseObject({
    token: z.string(),
    refreshToken: z.string().optional(),
    /** Seconds since 1970. */
    expiresAt: z.number().optional(),
    scopes: z.array(z.string()),
    id: z.string(),
    userId: z.string(),
  }),
});

export type StoredInstallation = z.infer<typeof usable>;

/** The installations that are served, and the form `@slack/oauth` wants them in. */
export interface Installations extends InstallationStore {
  /** Null: not installed, not allowed any more, or not readable; the latter two are logged. */
  find(id: string): Promise<StoredInstallation | null>;
  /** Those that are served, the oldest first. */
  all(): Promise<ReadonlyMap<string, StoredInstallation>>;
  /** Those that are kept though their workspace was taken off the list. */
  notAllowed(): Promise<ReadonlyMap<string, StoredInstallation>>;
  remove(id: string): Promise<void>;
}

/** The id an installation is kept under: the organisation's where it holds for all of its workspaces. */
export function installationId({
  isEnterpriseInstall,
  team,
  enterprise,
}: {
  readonly isEnterpriseInstall?: boolean | undefined;
  readonly team?: { readonly id: string } | undefined;
  readonly enterprise?: { readonly id: string } | undefined;
}): string | null {
  return (isEnterpriseInstall === true ? enterprise?.id : team?.id) ?? null;
}

/** Installations in the store, checked against the settings each time: who is no longer allowed is no longer served. */
export function createInstallations(
  sealed: SealedInstallations,
  {
    allowed,
    log,
    now,
  }: { readonly allowed: readonly string[]; readonly log: Logger; readonly now: () => Instant },
): Installations {
  // Each is looked for again and again; people are told once.
  const unreadable = createReportOnce((workspace) =>
    log.error({ workspace, reason: 'installation-unreadable' }, UNREADABLE),
  );
  const report = createReportOnce((workspace) =>
    log.warn({ workspace, reason: 'workspace-not-allowed' }, NOT_ALLOWED),
  );
  const read = async (id: string): Promise<StoredInstallation | null> => {
    const kept = await sealed.read(id);
    if (kept.kind === 'none') return null;
    const parsed = kept.kind === 'found' ? usable.safeParse(kept.value) : null;
    if (parsed?.success) return parsed.data;
    unreadable(id);
    return null;
  };
  const find = async (id: string) => {
    const installation = await read(id);
    if (installation === null || isAllowed(installation, allowed)) return installation;
    report(id);
    return null;
  };
  const where = async (look: (id: string) => Promise<StoredInstallation | null>) => {
    const found = new Map<string, StoredInstallation>();
    for (const id of await sealed.ids()) {
      const installation = await look(id);
      if (installation !== null) found.set(id, installation);
    }
    return found;
  };
  return {
    find,
    all: () => where(find),
    notAllowed: () =>
      where(async (id) => {
        const installation = await read(id);
        return installation === null || isAllowed(installation, allowed) ? null : installation;
      }),
    remove: (id) => sealed.remove(id),
    async fetchInstallation(query: InstallationQuery<boolean>) {
      const id = (query.isEnterpriseInstall ? query.enterpriseId : query.teamId) ?? '';
      const installation = await find(id);
      if (installation === null) throw notInstalled(id);
      // As it was stored: `team` is missing exactly where an organisation installed, which the type ties to a parameter.
      return installation as Installation<'v2', boolean>;
    },
    async storeInstallation(installation) {
      const id = installationId(installation);
      if (id === null) throw new Error('Slack named neither a workspace nor an organisation.');
      await sealed.write(id, installation, now());
    },
  };
}

/** By its own id, or because the whole organisation it belongs to may. */
export function isAllowed(
  { isEnterpriseInstall, team, enterprise }: Parameters<typeof installationId>[0],
  allowed: readonly string[],
): boolean {
  const applicant = {
    team: isEnterpriseInstall === true ? null : (team?.id ?? null),
    organisation: enterprise?.id ?? null,
  };
  return mayInstall(applicant, allowed) !== 'not-listed';
}

const UNREADABLE =
  'an installation cannot be read, so its workspace counts as not installed: set SLACK_CLIENT_SECRET back to what it was, or install the app there again';
const NOT_ALLOWED = 'a workspace that is no longer in ALLOWED_WORKSPACES is not served';
