import { readFileSync } from 'node:fs';
import { z } from 'zod';

const own = z.object({ version: z.string() });

/** The version in package.json; `unknown` if the file was not shipped. */
export function readVersion(): string {
  try {
    return own.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')))
      .version;
  } catch {
    return 'unknown';
  }
}
