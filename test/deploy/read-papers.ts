import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

export const readPaper = (name: string) => readFileSync(new URL(name, ROOT), 'utf8');

export const isThere = (name: string) => existsSync(new URL(name, ROOT));

export const pathOf = (name: string) => fileURLToPath(new URL(name, ROOT));

/** The lines that mean something. */
export const linesOf = (text: string) =>
  text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** What the Dockerfile takes out of the working folder. */
export function copiedByDockerfile(): readonly string[] {
  return linesOf(readPaper('Dockerfile')).flatMap((line) => {
    const [, sources] = /^COPY (?!--from)(.*) \S+$/.exec(line) ?? [];
    return sources?.split(' ') ?? [];
  });
}
