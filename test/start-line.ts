import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = new URL('../', import.meta.url);
const own = z.object({ scripts: z.object({ start: z.string() }) });

/** What a line such as that of `npm start` starts the program with. */
export interface StartLine {
  readonly env: Readonly<Record<string, string>>;
  /** For Node. */
  readonly flags: readonly string[];
  readonly args: readonly string[];
}

/** Reads a command line that runs the program; null where it is none. */
export function readStartLine(line: string): StartLine | null {
  const found = /^((?:\w+=\S+ )*)(?:\/usr\/bin\/)?node ((?:--\S+ )*)src\/main\.ts((?: \S+)*)$/.exec(line);
  if (found === null) return null;
  const [, before = '', flags = '', args = ''] = found;
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  const env = Object.fromEntries(words(before).map((word) => word.split('=')));
  return { env, flags: words(flags), args: words(args) };
}

/** What `npm start` starts the program with, from wherever it is started. */
export function startedByNpm(): StartLine {
  const { scripts } = own.parse(JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')));
  const line = readStartLine(scripts.start);
  if (line === null) throw new Error(`npm start does not run the program: ${scripts.start}`);
  const cache = new URL(line.env.NODE_COMPILE_CACHE ?? '', ROOT);
  return { ...line, env: { ...line.env, NODE_COMPILE_CACHE: fileURLToPath(cache) } };
}
