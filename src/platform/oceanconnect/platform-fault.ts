import { z } from 'zod';

/** An error from the platform, whichever body format it used. */
export interface PlatformFault {
  /** For example `1010009`; null if the body has no code. */
  readonly platformCode: string | null;
  readonly text: string | null;
}

const code = z.union([z.string(), z.number().transform(String)]).nullish();
const text = z.string().nullish().catch(null);

const faultBody = z.looseObject({
  error_code: code.catch(null),
  error_desc: text,
  resultcode: code.catch(null),
  resultmsg: text,
  message: text,
});

/**
 * Finds the error in a JSON object; null if there is none. An object with a code is an error, whatever the
 * HTTP status. In this gateway family a `resultcode` of 0 means success.
 *
 * Platform facts: `error_code`/`error_desc` come from the services (both SDKs read exactly these),
 * `resultcode`/`resultmsg` from the gateway before them; `statusCode`/`message` was seen elsewhere.
 */
export function findFault(body: Readonly<Record<string, unknown>>, httpStatus: number): PlatformFault | null {
  const read = faultBody.parse(body);
  const found = [read.error_code, read.resultcode].find((value) => value && Number(value) !== 0);
  if (!found && httpStatus >= 200 && httpStatus < 300 && !hasStatusCode(body)) return null;
  return {
    platformCode: found ?? null,
    text: read.error_desc ?? read.resultmsg ?? read.message ?? null,
  };
}

function hasStatusCode(body: Readonly<Record<string, unknown>>): boolean {
  const said = Number(body.statusCode);
  return said >= 400 && said <= 599;
}
