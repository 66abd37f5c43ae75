import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Workspace } from '../workspace/workspace.ts';
import { type Grant, Grants, type Rotation } from './grants.ts';

export interface OauthOptions {
  /** Tokens expire and are renewed; null: they live for ever. */
  readonly rotation?: Rotation | null;
  /** For how long a renewal token works again after its first use, in milliseconds. Slack says only that it is short. */
  readonly grace?: number;
}

/** One exchange of a code or of a refresh token for a token. */
export interface Exchange {
  readonly kind: 'code' | 'refresh';
  /** Slack's word where it was refused. */
  readonly error: string | null;
}

/** Slack with several workspaces, any of which can install the one app: its Web API for all of them. */
export interface SimulatedOauth {
  /** For SLACK_API_URL: each call reaches the workspace its token was given for. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly exchanges: readonly Exchange[];
  /** Every token there ever was. */
  readonly secrets: readonly string[];
  /** Whether a token still works there. */
  isLive(workspace: Workspace): boolean;
  /** Somebody allows the app at the address the bot sent them to; returns the query Slack sends them back with. */
  allow(address: string, workspace: Workspace): string;
  /** Removes the app from a workspace and tells the bot. */
  uninstall(workspace: Workspace): Promise<void>;
  /** So many renewals from now on take effect, and the connection is cut instead of answered. */
  loseRenewals(times: number): void;
  /** From now on the workspace's token is not renewed any more. */
  refuseRenewal(workspace: Workspace): void;
  /** Somebody revokes the workspace's tokens. */
  revoke(workspace: Workspace): void;
  /** A token that does not expire, as a workspace's settings page shows it. */
  tokenOf(workspace: Workspace): string;
  /** A token that is renewed, as an installation brings it. */
  expiringTokenOf(workspace: Workspace): { readonly accessToken: string; readonly refreshToken: string };
  close(): Promise<void>;
}

const CLIENT = { id: '1000.2000', secret: 'sandbox-client-secret' } as const;

/** Starts it in front of workspaces that run already. */
export async function startOauth(
  workspaces: readonly Workspace[],
  { rotation = null, grace = 30_000 }: OauthOptions = {},
): Promise<SimulatedOauth> {
  const grants = new Grants(Date.now, grace);
  const exchanges: Exchange[] = [];
  const core: Core = { workspaces, rotation, grants, exchanges, renewalsToLose: 0 };
  const server = createServer((request, response) => {
    serve(core, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server listening on a TCP port always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    exchanges,
    get secrets() {
      return grants.all.flatMap(({ accessToken, refreshToken }) =>
        refreshToken === null ? [accessToken] : [accessToken, refreshToken],
      );
    },
    isLive: ({ teamId }) => grants.all.some((one) => one.team === teamId && grants.stateOf(one) === 'good'),
    allow(address, { teamId }) {
      const asked = new URL(address).searchParams;
      if (asked.get('client_id') !== CLIENT.id) throw new Error(`no app of this id: ${address}`);
      return new URLSearchParams({ code: grants.code(teamId), state: asked.get('state') ?? '' }).toString();
    },
    async uninstall(workspace) {
      grants.uninstall(workspace.teamId);
      await workspace.sendEvent({
        type: 'tokens_revoked',
        tokens: { oauth: [], bot: [workspace.botUserId] },
      });
      await workspace.sendEvent({ type: 'app_uninstalled' });
    },
    loseRenewals(times) {
      core.renewalsToLose = times;
    },
    refuseRenewal: ({ teamId }) => grants.spoilRefresh(teamId),
    revoke: ({ teamId }) => grants.revoke(teamId),
    expiringTokenOf({ teamId }) {
      const { accessToken, refreshToken } = grants.give(teamId, rotation?.first ?? 0);
      return { accessToken, refreshToken: refreshToken ?? '' };
    },
    tokenOf: ({ teamId }) => grants.give(teamId, null).accessToken,
    close: () => shut(server),
  };
}

interface Core {
  readonly workspaces: readonly Workspace[];
  readonly rotation: Rotation | null;
  readonly grants: Grants;
  readonly exchanges: Exchange[];
  renewalsToLose: number;
}

async function serve(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.split('/').at(-1) ?? '';
  const body = await text(request);
  if (method === 'oauth.v2.access') {
    const asked = new URLSearchParams(body);
    const answered = exchange(core, asked);
    if (asked.get('grant_type') !== 'refresh_token' || core.renewalsToLose === 0)
      return answer(response, answered);
    core.renewalsToLose -= 1;
    response.destroy();
    return;
  }
  const token = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '');
  // One socket takes the requests of every workspace; here it is the first one's.
  const [first] = core.workspaces;
  if (method === 'apps.connections.open' && first !== undefined && token === first.appToken) {
    return await forward(first, token, method, request, body, response);
  }
  const grant = core.grants.find(token);
  const state = core.grants.stateOf(grant);
  if (grant === undefined || state !== 'good') return answer(response, { ok: false, error: state });
  if (method === 'auth.revoke') {
    grant.state = 'revoked';
    return answer(response, { ok: true, revoked: true });
  }
  // As for an organisation that all of them belong to.
  if (method === 'auth.teams.list') {
    return answer(response, {
      ok: true,
      teams: core.workspaces.map(({ teamId: id, teamName: name }) => ({ id, name })),
    });
  }
  const workspace = core.workspaces.find(({ teamId }) => teamId === grant.team);
  if (workspace === undefined) throw new Error(`no workspace ${grant.team} runs`);
  await forward(workspace, workspace.botToken, method, request, body, response);
}

/** Hands a call on to a workspace, and its answer back. */
async function forward(
  { apiUrl }: Workspace,
  token: string,
  method: string,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const forwarded = await fetch(`${apiUrl}${method}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': request.headers['content-type'] ?? 'application/x-www-form-urlencoded',
    },
    body,
  });
  const kept = ['content-type', 'x-oauth-scopes', 'retry-after'].flatMap((name) => {
    const value = forwarded.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  response.writeHead(forwarded.status, Object.fromEntries(kept)).end(await forwarded.text());
}

function exchange({ workspaces, rotation, grants, exchanges }: Core, asked: URLSearchParams): object {
  const kind = asked.get('grant_type') === 'refresh_token' ? 'refresh' : 'code';
  const refuse = (error: string) => {
    exchanges.push({ kind, error });
    return { ok: false, error };
  };
  if (asked.get('client_id') !== CLIENT.id || asked.get('client_secret') !== CLIENT.secret) {
    return refuse('bad_client_secret');
  }
  if (kind === 'refresh') {
    const granted = rotation && grants.refresh(asked.get('refresh_token') ?? '', rotation.renewed);
    if (granted === null) return refuse('invalid_refresh_token');
    exchanges.push({ kind, error: null });
    return { ok: true, token_type: 'bot', ...tokens(granted, rotation?.renewed ?? null) };
  }
  const team = grants.takeCode(asked.get('code') ?? '');
  const workspace = workspaces.find(({ teamId }) => teamId === team);
  if (workspace === undefined) return refuse('invalid_code');
  exchanges.push({ kind, error: null });
  return {
    ok: true,
    token_type: 'bot',
    scope: 'commands,chat:write',
    bot_user_id: workspace.botUserId,
    app_id: 'A0UPGRADES',
    team: { id: workspace.teamId, name: workspace.teamName },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: workspace.people.find((one) => !one.isBot)?.id ?? 'U0' },
    ...tokens(grants.give(workspace.teamId, rotation?.first ?? null), rotation?.first ?? null),
  };
}

function tokens({ accessToken, refreshToken }: Grant, seconds: number | null) {
  return {
    access_token: accessToken,
    ...(seconds !== null && { refresh_token: refreshToken, expires_in: seconds }),
  };
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
