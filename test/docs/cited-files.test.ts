import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = (...patterns: readonly string[]) =>
  globSync([...patterns], { cwd: ROOT, exclude: ['node_modules/**'] });
const READ = ['*.md', 'docs/*.md', '.env.example', 'manifest.yml', 'Dockerfile', 'deploy/*'];
const COMMENTS = /\/\*\*?[\s\S]*?\*\/|(?<![:"'`])\/\/[^\n]*/g;

test('whatever a comment or a document cites is in this repository', () => {
  const known = new Set(files('**/*', '.*', '.ci/*').map((path) => basename(path)));
  const texts = [
    ...files('{src,test}/**/*.{ts,tsx}').map((path) => [path, commentsOf(path)] as const),
    ...files(...READ).map((path) => [path, read(path)] as const),
  ];
  const dangling = texts.flatMap(([path, text]) =>
    [...text.matchAll(/\bDESIGN\b|[a-z0-9-]+(?:\.[a-z]+)*\.(?:md|ts|tsx|yml)\b/g)]
      .map(([cited]) => cited)
      .filter((cited) => !known.has(cited))
      .map((cited) => `${path}: ${cited}`),
  );
  expect(texts.length).toBeGreaterThan(500);
  expect(dangling).toEqual([]);
});

function read(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

function commentsOf(path: string): string {
  return (read(path).match(COMMENTS) ?? []).join('\n');
}
