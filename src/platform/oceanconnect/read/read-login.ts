import { z } from 'zod';
import { unreadableAnswer } from '../../transport/unreadable-answer.ts';
import type { JsonObject } from '../read-body.ts';

const loginAnswer = z.looseObject({
  accessToken: z.string().trim().min(1),
  // Documented as a number of seconds, always 3600; seen handled as a string.
  expiresIn: z.coerce.number().positive().catch(3600),
});

export interface LoginAnswer {
  readonly accessToken: string;
  readonly lifeMs: number;
}

/**
 * Reads the answer to a login. `tokenType` is not looked at: it comes as `bearer` or `Bearer`, and `Bearer` is always sent.
 *
 * Platform facts: iot_06_0007 and iot_06_0008; a life that is missing or unreadable is taken for the documented hour.
 */
export function readLogin(answer: JsonObject): LoginAnswer {
  const read = loginAnswer.safeParse(answer);
  if (!read.success) {
    throw unreadableAnswer(
      'the login brought no access token',
      'Check that IOT_BASE_URL is an OceanConnect platform; if it is, tell its operator.',
    );
  }
  return { accessToken: read.data.accessToken, lifeMs: read.data.expiresIn * 1000 };
}
