import { isIP } from 'node:net';
import { z } from 'zod';
import type { AccessRules, Oauth } from '../core/access/access.ts';
import { parseDuration } from '../lib/duration.ts';
import type { ProxySettings } from '../lib/http-agent.ts';
import type { StoreLocation } from '../store/engine/location.ts';
import { checkUrl } from './check-url.ts';
import { channelIds, userGroupIds, userGroupIdsOrNone } from './id-list.ts';
import { readOauth } from './read-oauth.ts';
import { readProxy } from './read-proxy.ts';
import { readTlsFiles } from './read-tls-files.ts';
import { schedule } from './schedule.ts';

/** All settings from the environment, validated. */
export interface Config {
  readonly slack: {
    /** Null: only workspaces that installed the app are served. */
    readonly botToken: string | null;
    readonly signingSecret: string | null;
    /** If set, Socket Mode is used instead of HTTP. */
    readonly appToken: string | null;
    readonly apiUrl: string;
    /** If set, other workspaces may install the app. */
    readonly oauth: Oauth | null;
    readonly proxy: ProxySettings | null;
  };
  readonly port: number;
  /** The address to listen on; null: all addresses of this machine. */
  readonly host: string | null;
  readonly access: AccessRules;
  readonly platform: {
    readonly baseUrl: string;
    readonly appId: string;
    readonly secret: string;
    readonly callsPerMinute: number;
    readonly timeoutMs: number;
    readonly tls: {
      readonly ca?: Buffer;
      readonly cert?: Buffer;
      readonly key?: Buffer;
      readonly passphrase?: string;
      readonly serverName?: string;
    };
    readonly proxy: ProxySettings | null;
  };
  readonly watch: {
    readonly pollSchedule: string;
    readonly sweepSchedule: string;
    readonly alertChannel: string | null;
    readonly failingPercent: number;
    readonly failingMinDevices: number;
    /** Milliseconds. */
    readonly stalledAfter: number;
  };
  readonly store: StoreLocation;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  /** One line for each missing or wrong setting. Never contains the value of a secret. */
  | { readonly ok: false; readonly problems: readonly string[] };

const required = (advice: string) => z.string(`is missing: ${advice}`).min(1, `is empty: ${advice}`);
const optional = z
  .string()
  .optional()
  .transform((text) => text || undefined);
const wholeNumber = (fallback: number, lowest: number, highest: number) => {
  const message = `must be a whole number from ${lowest} to ${highest}`;
  return z
    .string()
    .optional()
    .transform((text) => (text ? Number(text) : fallback))
    .pipe(z.number(message).int(message).min(lowest, message).max(highest, message));
};
const url = (schema: z.ZodType<string, string | undefined>) =>
  schema.superRefine((text, context) => {
    const message = checkUrl(text);
    if (message) context.addIssue({ code: 'custom', message });
  });

function locationOf(text: string): StoreLocation | null {
  if (/^sqlite:.+/.test(text)) return { kind: 'sqlite', path: text.slice('sqlite:'.length) };
  if (!/^postgres(ql)?:\/\//.test(text)) return null;
  const url = URL.parse(text);
  return url !== null && url.pathname.length > 1 ? { kind: 'postgres', url: text } : null;
}

const environment = z.object({
  SLACK_BOT_TOKEN: optional.refine((text) => !text || text.startsWith('xoxb-'), 'must begin with `xoxb-`'),
  SLACK_SIGNING_SECRET: optional,
  SLACK_APP_TOKEN: optional.refine((text) => !text || text.startsWith('xapp-'), 'must begin with `xapp-`'),
  SLACK_CLIENT_ID: optional,
  SLACK_CLIENT_SECRET: optional,
  ALLOWED_WORKSPACES: optional,
  SLACK_API_URL: url(
    z
      .string()
      .optional()
      .transform((text) => text || 'https://slack.com/api/'),
  ),
  PORT: wholeNumber(3000, 0, 65_535),
  HOST: optional.refine(
    (text) => !text || isIP(text) !== 0,
    'must be an IP address of this machine, such as `127.0.0.1`; empty: all of them',
  ),
  ALLOWED_CHANNELS: channelIds,
  ALLOWED_USERGROUPS: userGroupIds,
  ALLOWED_USERGROUPS_EXTERNAL: userGroupIdsOrNone,
  ALLOWED_USERGROUPS_MENTION: userGroupIdsOrNone,
  IOT_BASE_URL: url(required('the address of the IoT platform, such as `https://host:8743`')),
  IOT_APP_ID: required("the application's id on the IoT platform"),
  IOT_SECRET: required("the application's secret on the IoT platform"),
  IOT_CA_FILE: optional,
  IOT_CERT_FILE: optional,
  IOT_KEY_FILE: optional,
  IOT_KEY_PASSPHRASE: optional,
  IOT_SERVER_NAME: optional,
  IOT_CALLS_PER_MINUTE: wholeNumber(100, 2, 100_000),
  IOT_TIMEOUT_MS: wholeNumber(10_000, 1, 600_000),
  POLL_SCHEDULE: schedule('* * * * *'),
  SWEEP_SCHEDULE: schedule('0 */6 * * *'),
  ALERT_CHANNEL: optional.refine(
    (text) => !text || /^[CGD][A-Z0-9]{2,}$/.test(text),
    'must be the id of a channel (`C…`), not its name; Slack shows it at the foot of the channel’s details',
  ),
  FAILING_PERCENT: wholeNumber(5, 0, 100),
  FAILING_MIN_DEVICES: wholeNumber(10, 1, 1_000_000),
  STALLED_AFTER: z
    .string()
    .optional()
    .transform((text) => parseDuration(text || '6h'))
    .pipe(z.number('must be a duration such as `90s`, `30m`, `6h` or `2d`')),
  DATABASE_URL: z
    .string()
    .optional()
    .transform((text) => text || 'sqlite:data/upgrades.db')
    .transform((text, context): StoreLocation => {
      const location = locationOf(text);
      if (location !== null) return location;
      const message = /^postgres(ql)?:/.test(text)
        ? 'must name a host and a database, such as `postgres://user:password@host:5432/upgrades`'
        : 'must be `sqlite:` with a path, such as `sqlite:data/upgrades.db`, or a `postgres://` URL';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  LOG_LEVEL: z
    .string()
    .optional()
    .transform((text) => text || 'info')
    .pipe(
      z.enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'must be one of trace, debug, info, warn, error, fatal, silent',
      ),
    ),
});

/**
 * Reads and validates the environment. Reports every wrong setting, not just the first, so that all can be fixed at
 * once.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ConfigResult {
  const trimmed = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.trim()]));
  const result = environment.safeParse(trimmed);
  const problems = result.success
    ? []
    : firstOfEach(result.error.issues).map(({ path, message }) => `${String(path[0])} ${message}`);
  if (!trimmed.SLACK_BOT_TOKEN && !trimmed.SLACK_CLIENT_ID) {
    problems.push('SLACK_BOT_TOKEN is missing: the bot token that begins with `xoxb-`');
  }
  if (!trimmed.SLACK_SIGNING_SECRET && !trimmed.SLACK_APP_TOKEN) {
    problems.push(
      'SLACK_SIGNING_SECRET is missing: the signing secret from the app’s Basic Information page (or set SLACK_APP_TOKEN to use Socket Mode)',
    );
  }
  const oauth = readOauth(trimmed, problems);
  const { ALERT_CHANNEL: alerts, ALLOWED_CHANNELS: allowed } = result.data ?? {};
  if (alerts && allowed && !allowed.includes(alerts)) {
    problems.push('ALERT_CHANNEL is not among ALLOWED_CHANNELS: add it there, or tell another channel');
  }
  const files = readTlsFiles(trimmed, problems);
  const proxy = readProxy(trimmed, [result.data?.IOT_BASE_URL, result.data?.SLACK_API_URL], problems);
  if (!result.success || problems.length > 0) return { ok: false, problems };
  const values = result.data;
  return {
    ok: true,
    config: {
      slack: {
        botToken: values.SLACK_BOT_TOKEN ?? null,
        signingSecret: values.SLACK_SIGNING_SECRET ?? null,
        appToken: values.SLACK_APP_TOKEN ?? null,
        apiUrl: values.SLACK_API_URL,
        oauth,
        proxy,
      },
      port: values.PORT,
      host: values.HOST ?? null,
      access: {
        channels: values.ALLOWED_CHANNELS === null ? null : new Set(values.ALLOWED_CHANNELS),
        userGroups: values.ALLOWED_USERGROUPS,
        external: values.ALLOWED_USERGROUPS_EXTERNAL,
        mention: values.ALLOWED_USERGROUPS_MENTION,
      },
      platform: {
        baseUrl: values.IOT_BASE_URL.replace(/\/+$/, ''),
        appId: values.IOT_APP_ID,
        secret: values.IOT_SECRET,
        callsPerMinute: values.IOT_CALLS_PER_MINUTE,
        timeoutMs: values.IOT_TIMEOUT_MS,
        tls: {
          ...files,
          ...(values.IOT_KEY_PASSPHRASE && { passphrase: values.IOT_KEY_PASSPHRASE }),
          ...(values.IOT_SERVER_NAME && { serverName: values.IOT_SERVER_NAME }),
        },
        proxy,
      },
      watch: {
        pollSchedule: values.POLL_SCHEDULE,
        sweepSchedule: values.SWEEP_SCHEDULE,
        alertChannel: values.ALERT_CHANNEL ?? null,
        failingPercent: values.FAILING_PERCENT,
        failingMinDevices: values.FAILING_MIN_DEVICES,
        stalledAfter: values.STALLED_AFTER,
      },
      store: values.DATABASE_URL,
      logLevel: values.LOG_LEVEL,
    },
  };
}

/** One setting can break several rules at once (empty, and not a URL); the first says what to do. */
function firstOfEach(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return [...Map.groupBy(issues, ({ path }) => path[0]).values()].flatMap(([first]) => first ?? []);
}
