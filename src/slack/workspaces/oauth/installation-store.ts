import type { Installation, InstallationQuery, InstallationStore } from '@slack/oauth';
import type { Logger } from 'pino';
import { z } from 'zod';
import { mayInstall } from '../../../core/access/access.ts';
import { notInstalled } from '../../../core/access/workspace-error.ts';
import type { Instant } from '../../../lib/instant.ts';
import { createReportOnce } from '../../../lib/report-once.ts';
import type { SealedInstallations } from '../../../store/access/installations.ts';

const named = z.looseObject({ id: z.string(), name: z.string().optional() });
/** The parts of an installation the bot relies on; the rest is stored as Slack sent it. */
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

/** The installations we serve, in the form `@slack/oauth` needs. */
export interface Installations extends InstallationStore {
  /** Null if it is not installed, no longer allowed, or unreadable; the latter two are logged. */
  find(id: string): Promise<StoredInstallation | null>;
  /** Installations we serve, oldest first. */
  all(): Promise<ReadonlyMap<string, StoredInstallation>>;
  /** Stored installations whose workspace was removed from the list. */
  notAllowed(): Promise<ReadonlyMap<string, StoredInstallation>>;
  remove(id: string): Promise<void>;
}

/** The id an installation is stored under: the organisation's if it covers all its workspaces. */
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

/**
 * Stored installations, checked against the settings on each read: what is no longer allowed is not served.
 */
export function createInstallations(
  sealed: SealedInstallations,
  {
    allowed,
    log,
    now,
  }: { readonly allowed: readonly string[]; readonly log: Logger; readonly now: () => Instant },
): Installations {
  // Each is read again and again, but reported once.
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
      // As stored: `team` is missing only for organisations, which the type ties to a parameter.
      return installation as Installation<'v2', boolean>;
    },
    async storeInstallation(installation) {
      const id = installationId(installation);
      if (id === null) throw new Error('Slack named neither a workspace nor an organisation.');
      await sealed.write(id, installation, now());
    },
  };
}

/** Allowed by its own id, or because its whole organisation is. */
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
