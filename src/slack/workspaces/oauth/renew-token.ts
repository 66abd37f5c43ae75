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

/** Slack's provider renews a token once it has less than this left; we ask it to from then on. Milliseconds. */
const DUE_BEFORE = 2 * 3_600_000;
/** No token lives longer (https://docs.slack.dev/authentication/using-token-rotation). Milliseconds. */
const LONGEST_LIFE = 12 * 3_600_000;
/** An answer that was lost sooner than this is asked for again at once; a Slack that hangs is not waited for twice. Milliseconds. */
const LOST_QUICKLY = 1_000;
/** After a renewal that failed: people have to mend it, or Slack is away. Milliseconds. */
const REST = 60_000;

export interface RenewParts {
  readonly oauth: Pick<Oauth, 'clientId' | 'clientSecret'>;
  readonly apiUrl: string;
  readonly fetch: CountingFetch;
  readonly installations: Installations;
  readonly exclusively: LeaseKeeper['exclusively'];
  readonly log: Logger;
  /** The machine's time: Slack's provider asks that as well. */
  readonly now: () => Instant;
}

/**
 * Renews tokens before they expire. A renewal token works once, so that one renewal at a time is made for a workspace, in
 * all processes together, and what the store holds is read again inside of it. While a token is still good a renewal
 * that fails costs nothing; after that it is a WorkspaceError.
 */
export function createRenewal(
  parts: RenewParts,
): (id: string, installation: StoredInstallation) => Promise<StoredInstallation> {
  const { now, log, exclusively } = parts;
  const running = new Map<string, Promise<StoredInstallation>>();
  const resting = new Map<string, Rest>();

  const renew = async (id: string, installation: StoredInstallation): Promise<StoredInstallation> => {
    const rest = resting.get(id);
    // A new installation brings another token, and with it another chance.
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

/** A renewal that failed, and until when it is not tried again. */
interface Rest {
  readonly from: Instant;
  readonly until: Instant;
  readonly refreshToken: string | undefined;
  readonly error: WorkspaceError;
}

/**
 * Slack revokes a renewal token a short time after its first use. Where only the answer was lost, asking again within that
 * time brings another token and revokes the oldest of three; later nothing does but a new installation.
 * https://docs.slack.dev/authentication/using-token-rotation
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
  // The provider keeps to itself why a renewal failed and goes on with the old token; so the answer is looked at here.
  let refusal: string | null = null;
  const provider = new InstallProvider({
    ...oauth,
    // Nothing is installed through this one, so that there is no state to sign.
    stateVerification: true,
    stateSecret: oauth.clientSecret,
    installationStore: {
      ...installations,
      async fetchInstallation(query) {
        const kept = await installations.fetchInstallation(query);
        // The provider goes by the date alone.
        if (kept.bot === undefined || !isDatedAhead(kept.bot, now())) return kept;
        return { ...kept, bot: { ...kept.bot, expiresAt: 0 } };
      },
    },
    logger: boltLogger(log.child({}, { level: 'silent' })),
    clientOptions: writingClientOptions(apiUrl, log, async (...request) => {
      const answer = await fetch(...request);
      const text = await answer.text();
      const word = refusalIn(text);
      // Trouble of Slack's own passes.
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
  // By us, or by another process while we waited for our turn.
  if (after.bot.refreshToken !== before.bot.refreshToken) {
    log.info({ workspace: id }, 'token renewed');
    return after;
  }
  throw refusal === null ? renewalUnanswered(id) : renewalRefused(id, refusal);
}

/** Slack's provider wraps what the store throws. */
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

/** Its end was reckoned by a clock that was set back since: nobody can say how long it still lives. */
function isDatedAhead({ expiresAt }: { readonly expiresAt?: number | undefined }, now: Instant): boolean {
  return expiresAt !== undefined && expiresAt * 1_000 > now + LONGEST_LIFE + CLOCK_TOLERANCE;
}
