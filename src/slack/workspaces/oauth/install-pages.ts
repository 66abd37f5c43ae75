import type { ServerResponse } from 'node:http';
import { ErrorCode, type Installation, InstallProvider } from '@slack/oauth';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Oauth } from '../../../core/access/access.ts';
import type { Page } from '../../../lib/http/start-server.ts';
import {
  type InstallFailure,
  type InstallPage,
  installedPage,
  installPage,
  notInstalledPage,
} from '../../../render/access/install-pages.ts';
import { keyFrom } from '../../../store/engine/sealed.ts';
import { boltLogger } from '../../out/bolt-logger.ts';
import { readSlackFailure, slackWord } from '../../out/slack-failure.ts';
import { type CountingFetch, writingClientOptions } from '../../out/web-clients.ts';
import { type Installations, installationId, isAllowed } from './installation-store.ts';
import { createOneTimeState, STATE_SECONDS } from './one-time-state.ts';

export interface InstallParts {
  readonly oauth: Oauth;
  readonly apiUrl: string;
  readonly fetch: CountingFetch;
  readonly installations: Installations;
  /** Whether the settings' token serves a workspace. Installing there returns that token: never revoke it. */
  readonly isServedBySettings: (team: string | null, token: string | undefined) => boolean;
  /** The scopes a workspace grants when it installs the app. */
  readonly scopes: readonly string[];
  /** Remembers a single-use value; false if it was used before. */
  readonly isFirstUse: (fingerprint: string) => Promise<boolean>;
  readonly log: Logger;
  /** Called after an installation: notifications may be waiting for it. */
  readonly onInstalled: () => void;
}

/** `/slack/install` and `/slack/oauth_redirect`: the pages for installing the app to a workspace. */
export function createInstallPages(parts: InstallParts): readonly Page[] {
  const { oauth, apiUrl, fetch, installations, log } = parts;
  const clientOptions = writingClientOptions(apiUrl, log, fetch);
  // Signs the state, which the browser's cookie must match. A separate secret would likely leak with this
  // one.
  const secret = keyFrom(oauth.clientSecret, 'oauth state').toString('hex');
  const provider = new InstallProvider({
    clientId: oauth.clientId,
    clientSecret: oauth.clientSecret,
    stateStore: createOneTimeState(secret, parts.isFirstUse),
    // The prefix keeps other hosts and paths of the domain from setting the cookie.
    stateCookieName: '__Host-upgrades-install',
    stateCookieExpirationSeconds: STATE_SECONDS,
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    installUrlOptions: { scopes: [...parts.scopes] },
    installationStore: installations,
    renderHtmlForInstallPath: (address) => installPage(address).html,
    // Silent, because its log lines contain whole requests; we log what matters here.
    logger: boltLogger(log.child({}, { level: 'silent' })),
    clientOptions,
  });
  const guarded = (path: string, handle: Page['handle']): Page => ({
    path,
    async handle(request, response) {
      prepare(response);
      try {
        await handle(request, response);
      } catch (error) {
        log.error({ err: error, path }, 'a page of the installation failed');
        if (response.headersSent) response.destroy();
        else show(response, notInstalledPage('failed'));
      }
    },
  });
  return [
    guarded('/slack/install', (request, response) => provider.handleInstallPath(request, response)),
    guarded('/slack/oauth_redirect', (request, response) =>
      provider.handleCallback(request, response, {
        afterInstallation: async (installation, _options, _request, answer) => {
          const id = installationId(installation);
          if (parts.isServedBySettings(id, installation.bot?.token)) {
            log.warn({ workspace: id, reason: 'served-by-settings' }, 'workspace not installed');
            show(answer, notInstalledPage('served-already'));
            return false;
          }
          if (isAllowed(installation, oauth.allowedWorkspaces)) return true;
          await giveBack(installation, clientOptions, log);
          show(answer, notInstalledPage('not-allowed'));
          return false;
        },
        successAsync: async (installation, _options, _request, answer) => {
          log.info(
            { workspace: installationId(installation), user: installation.user.id },
            'workspace installed',
          );
          show(answer, installedPage(nameOf(installation)));
          parts.onInstalled();
        },
        failureAsync: async (error, _options, _request, answer) => {
          const failure = failureOf(error);
          const reason = readSlackFailure(error).word ?? error.code;
          log.warn({ failure, reason }, 'workspace not installed');
          show(answer, notInstalledPage(failure));
        },
      }),
    ),
  ];
}

/** For a workspace that is not allowed, nothing is stored and the new token is revoked. */
async function giveBack(installation: Installation, options: WebClientOptions, log: Logger): Promise<void> {
  const fields = { workspace: installationId(installation), reason: 'workspace-not-allowed' };
  for (const token of [installation.bot?.token, installation.user.token]) {
    if (token === undefined) continue;
    try {
      const client = new WebClient(token, options);
      await client.auth.revoke();
    } catch (error) {
      const why = slackWord(error);
      log.error(
        { ...fields, why },
        'the token of a refused workspace could not be revoked: remove the app there',
      );
    }
  }
  log.warn(fields, 'workspace not installed');
}

function failureOf(error: { readonly code: string; readonly message: string }): InstallFailure {
  switch (error.code) {
    case ErrorCode.MissingStateError:
    case ErrorCode.InvalidStateError:
    case ErrorCode.MissingCodeError:
      return 'stale';
    // In this flow the provider raises it for one reason only: the user pressed Cancel.
    case ErrorCode.AuthorizationError:
      return 'cancelled';
    default:
      return readSlackFailure(error).about === 'used-up' ? 'stale' : 'failed';
  }
}

function nameOf({ team, enterprise, isEnterpriseInstall }: Installation): string {
  return (isEnterpriseInstall === true ? enterprise?.name : team?.name) ?? 'your workspace';
}

/** The URL contains a code, so it must not leak to other sites or into a cache. */
function prepare(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  // Slack's library sets no SameSite. Lax, because Slack sends the browser back by a link.
  response.setHeader = (name, value) =>
    setHeader(name, name === 'Set-Cookie' && typeof value === 'string' ? `${value}; SameSite=Lax` : value);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
}

function show(response: ServerResponse, { status, html }: InstallPage): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}
