import { z } from 'zod';
import type { Instant } from '../../lib/instant.ts';
import type { Caller } from '../port.ts';
import type { PlatformSettings } from '../transport/settings.ts';
import type { Transport } from '../transport/transport.ts';
import { unreadableAnswer } from '../transport/unreadable-answer.ts';
import type { JsonObject } from './read-body.ts';
import type { StoredToken } from './token-store.ts';

/** Identifies our tokens in a store that outlives a change of settings. */
export function tokenOwner(settings: Pick<PlatformSettings, 'appId' | 'baseUrl'>): string {
  return `${settings.appId} at ${settings.baseUrl}`;
}

/**
 * Logs in. Success invalidates every earlier token of the appId.
 *
 * Platform facts: iot_06_0007. Parameters go as an encoded form, because a secret may contain `&` or `+`.
 */
export async function login(
  parts: { settings: PlatformSettings; send: Transport; now: () => Instant },
  caller: Caller,
): Promise<StoredToken> {
  const { appId, secret } = parts.settings;
  // Measure the lifetime from before the call: the platform cannot have started it earlier.
  const obtainedAt = parts.now();
  const answer = await parts.send(
    { call: 'login', path: 'iocm/app/sec/v1.1.0/login', form: { appId, secret } },
    caller,
  );
  const { accessToken, lifeMs } = readLogin(answer);
  return {
    owner: tokenOwner(parts.settings),
    accessToken,
    obtainedAt,
    expiresAt: obtainedAt + lifeMs,
    refused: false,
    earlyDeaths: [],
  };
}

const loginAnswer = z.looseObject({
  accessToken: z.string().trim().min(1),
  // Documented as a number of seconds, always 3600; seen treated as a string.
  expiresIn: z.coerce.number().positive().catch(3600),
});

interface LoginAnswer {
  readonly accessToken: string;
  readonly lifeMs: number;
}

/**
 * Reads the answer to a login. `tokenType` (`bearer` or `Bearer`) is ignored: we always send `Bearer`.
 *
 * Platform facts: iot_06_0007 and iot_06_0008. A missing or unreadable lifetime counts as one hour, as
 * documented.
 */
function readLogin(answer: JsonObject): LoginAnswer {
  const read = loginAnswer.safeParse(answer);
  if (!read.success) {
    throw unreadableAnswer(
      'the login brought no access token',
      'Check that IOT_BASE_URL is an OceanConnect platform; if it is, tell its operator.',
    );
  }
  return { accessToken: read.data.accessToken, lifeMs: read.data.expiresIn * 1000 };
}
