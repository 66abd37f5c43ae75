import { afterEach } from '@jest/globals';
import {
  type SimulatedPlatform,
  type SimulatedPlatformOptions,
  startSimulatedPlatform,
} from '../../../sandbox/platform/index.ts';

/** An answer as a client sees it. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly json: Body;
}
/** Loose on purpose: a test reads what it expects, and a wrong shape fails the expectation. */
export type Body = { readonly [member: string]: Body } & readonly Body[];

const running = new Set<SimulatedPlatform>();
afterEach(async () => {
  await Promise.all([...running].map((platform) => platform.close()));
  running.clear();
});

/** Starts a platform that is closed after the test. */
export async function platformWith(options: SimulatedPlatformOptions = {}): Promise<SimulatedPlatform> {
  const platform = await startSimulatedPlatform(options);
  running.add(platform);
  return platform;
}

export async function logIn(platform: SimulatedPlatform, body?: Record<string, string>): Promise<Seen> {
  const form = body ?? { appId: platform.appId, secret: platform.secret };
  return see(
    await fetch(`${platform.url}/iocm/app/sec/v1.1.0/login`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }),
  );
}

export async function refresh(
  platform: SimulatedPlatform,
  body: unknown,
  type = 'application/json',
): Promise<Seen> {
  return see(
    await fetch(`${platform.url}/iocm/app/sec/v1.1.0/refreshToken`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

export const OPERATIONS = '/iodm/northbound/v1.5.0/operations';
export const DEVICES = '/iocm/app/dm/v1.4.0/devices';

/** A small client that logged in once and reads. */
export async function client(platform: SimulatedPlatform) {
  const first = await logIn(platform);
  const token = String(first.json.accessToken);
  return {
    token,
    get: (path: string, query: Record<string, string | number> = {}, headers: Record<string, string> = {}) =>
      read(platform, path, query, { app_key: platform.appId, authorization: `Bearer ${token}`, ...headers }),
    list(query: Record<string, string | number> = {}) {
      return this.get(OPERATIONS, query);
    },
    async ids(query: Record<string, string | number> = {}) {
      const { json } = await this.list({ pageNo: 0, pageSize: 100, ...query });
      return json.data?.map((task) => String(task.operationId));
    },
  };
}

export async function read(
  platform: SimulatedPlatform,
  path: string,
  query: Record<string, string | number>,
  headers: Record<string, string>,
): Promise<Seen> {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return see(await fetch(`${platform.url}${path}?${search}`, { headers }));
}

async function see(response: Response): Promise<Seen> {
  const text = await response.text();
  return { status: response.status, text, json: parsed(text) };
}

function parsed(text: string): Body {
  try {
    // Whatever came; see Body.
    return JSON.parse(text) as Body;
  } catch {
    // An object without any member.
    return Object.create(null) as Body;
  }
}
