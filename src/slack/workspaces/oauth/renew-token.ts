import { InstallProvider } from '@slack/oauth';
import type { Logger } from 'pino';
import type { Oauth } from '../../../core/access/access.ts';
import {
  notInstalled,
  renewalRefused,
  renewalUnanswered,
  WorkspaceError,
} from '../../../core/access/workspace-error.ts';
import type { Instant } from '../../../lib/instant.ts';
import { errorFields } from '../../../lib/operational-error.ts';
import { CLOCK_TOLERANCE, isOver } from '../../../lib/wait.ts';
import type { LeaseKeeper } from '../../../store/engine/lease-keeper.ts';
import { boltLogger } from '../../out/bolt-logger.ts';
import { meaningOf, refusalIn } from '../../out/slack-words.ts';
import { type CountingFetch, writingClientOptions } from '../../out/web-clients.ts';
import type { Installations, StoredInstallation } from './installation-store.ts';

/** Slack's provider renews a token with less than this left, so we call it from then on. Milliseconds. */
const DUE_BEFORE = 2 * 3_600_000;
/** The maximum token lifetime (https://docs.slack.dev/authentication/using-token-rotation). Milliseconds. */
const LONGEST_LIFE = 12 * 3_600_000;
/** If a response was lost within this time, we retry at once; after that, Slack is hanging. Milliseconds. */
const LOST_QUICKLY = 1_000;
/** Pause after a failed renewal: somebody has to fix it, or Slack is down. Milliseconds. */
const REST = 60_000;

export interface RenewParts {
  readonly oauth: Pick<Oauth, 'clientId' | 'clientSecret'>;
  readonly apiUrl: string;
  readonly fetch: CountingFetch;
  readonly installations: Installations;
  readonly exclusively: LeaseKeeper['exclusively'];
  readonly log: Logger;
  /** The machine's clock, which Slack's provider uses too. */
  readonly now: () => Instant;
}

/**
 * Renews tokens before they expire. A refresh token works once, so renewals run one at a time per workspace,
 * across all processes, and re-read the store first. A failed renewal does no harm while the old token is
 * valid; after that it throws a WorkspaceError.
 */
export function createRenewal(
  parts: RenewParts,
): (id: string, installation: StoredInstallation) => Promise<StoredInstallation> {
  const { now, log, exclusively } = parts;
  const running = new Map<string, Promise<StoredInstallation>>();
  const resting = new Map<string, Rest>();

  const renew = async (id: string, installation: StoredInstallation): Promise<StoredInstallation> => {
    const rest = resting.get(id);
    // A reinstallation brings a new refresh token, which deserves a new attempt.
    const same = rest !== undefined && rest.refreshToken === installation.bot.refreshToken;
    if (same && !isOver(rest, now())) return stillGood(installation, rest.error);
    try {
      const renewed = await exclusively(`slack-token:${id}`, () => renewOrAskAgain(parts, id, installation));
      resting.delete(id);
      return renewed;
    } catch (error) {
      const trouble = workspaceErrorOf(id, error);
      if (trouble.code !== 'workspace-not-installed') {
        const { refreshToken } = installation.bot;
        resting.set(id, { from: now(), until: now() + REST, refreshToken, error: trouble });
      }
      log.error({ workspace: id, ...errorFields(trouble) }, 'the token of a workspace was not renewed');
      return stillGood(installation, trouble);
    }
  };
  const stillGood = (installation: StoredInstallation, trouble: WorkspaceError) => {
    if (trouble.code === 'workspace-not-installed' || timeLeft(installation, now()) <= 0) throw trouble;
    return installation;
  };
  return async (id, installation) => {
    if (!isDue(installation, now())) return installation;
    const renewal =
      running.get(id) ??
      renew(id, installation).finally(() => {
        running.delete(id);
      });
    running.set(id, renewal);
    return await renewal;
  };
}

/** A failed renewal, and when it may be tried again. */
interface Rest {
  readonly from: Instant;
  readonly until: Instant;
  readonly refreshToken: string | undefined;
  readonly error: WorkspaceError;
}

/**
 * Slack revokes a refresh token shortly after its first use. If only the response was lost, asking again
 * within that time returns a new token and revokes the oldest of three; after that, only a reinstallation
 * helps. https://docs.slack.dev/authentication/using-token-rotation
 */
async function renewOrAskAgain(
  parts: RenewParts,
  id: string,
  before: StoredInstallation,
): Promise<StoredInstallation> {
  const began = parts.now();
  try {
    return await renewOnce(parts, id, before);
  } catch (error) {
    const lost = workspaceErrorOf(id, error).code === 'workspace-away';
    if (!lost || parts.now() - began > LOST_QUICKLY) throw error;
    return await renewOnce(parts, id, before);
  }
}

async function renewOnce(
  { oauth, apiUrl, fetch, installations, log, now }: RenewParts,
  id: string,
  before: StoredInstallation,
): Promise<StoredInstallation> {
  // The provider hides why a renewal failed and keeps using the old token, so we read the response ourselves.
  let refusal: string | null = null;
  const provider = new InstallProvider({
    ...oauth,
    // This provider installs nothing, so it has no state to sign.
    stateVerification: true,
    stateSecret: oauth.clientSecret,
    installationStore: {
      ...installations,
      async fetchInstallation(query) {
        const kept = await installations.fetchInstallation(query);
        // The provider checks only the expiry date.
        if (kept.bot === undefined || !isDatedAhead(kept.bot, now())) return kept;
        return { ...kept, bot: { ...kept.bot, expiresAt: 0 } };
      },
    },
    logger: boltLogger(log.child({}, { level: 'silent' })),
    clientOptions: writingClientOptions(apiUrl, log, async (...request) => {
      const answer = await fetch(...request);
      const text = await answer.text();
      const word = refusalIn(text);
      // Slack's own trouble passes.
      refusal = word === null || meaningOf(word).cure === 'wait' ? null : word;
      return new Response(text, { status: answer.status, headers: answer.headers });
    }),
  });
  const organisation = before.isEnterpriseInstall === true;
  await provider.authorize(
    organisation
      ? { isEnterpriseInstall: true, enterpriseId: id, teamId: undefined }
      : { isEnterpriseInstall: false, enterpriseId: undefined, teamId: id },
  );
  const after = await installations.find(id);
  if (after === null) throw notInstalled(id);
  // Renewed by us, or by another process while we waited for our turn.
  if (after.bot.refreshToken !== before.bot.refreshToken) {
    log.info({ workspace: id }, 'token renewed');
    return after;
  }
  throw refusal === null ? renewalUnanswered(id) : renewalRefused(id, refusal);
}

/** Slack's provider wraps the store's errors. */
function workspaceErrorOf(id: string, error: unknown): WorkspaceError {
  const thrown = error instanceof Error && error.cause instanceof WorkspaceError ? error.cause : error;
  return thrown instanceof WorkspaceError ? thrown : renewalUnanswered(id, error);
}

function timeLeft({ bot }: StoredInstallation, now: Instant): number {
  return bot.expiresAt === undefined ? Number.POSITIVE_INFINITY : bot.expiresAt * 1_000 - now;
}

function isDue(installation: StoredInstallation, now: Instant): boolean {
  if (installation.bot.refreshToken === undefined) return false;
  return timeLeft(installation, now) <= DUE_BEFORE || isDatedAhead(installation.bot, now);
}

/** The expiry date was computed before the clock was set back, so the token's remaining life is unknown. */
function isDatedAhead({ expiresAt }: { readonly expiresAt?: number | undefined }, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt * 1_000 > now + LONGEST_LIFE + CLOCK_TOLERANCE;
}
