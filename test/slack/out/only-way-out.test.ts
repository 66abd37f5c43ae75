import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = globSync('src/**/*.ts', { cwd: root });
const elsewhere = files.filter((path) => !path.startsWith('src/slack/out/'));

/** Lines of code, without what comments say of Slack's methods and words. */
const codeOf = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line));

const found = (paths: readonly string[], pattern: RegExp) =>
  paths.flatMap((path) =>
    codeOf(path)
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line}`),
  );

describe('slack/out', () => {
  const SENDING = /\b(?:chat|views)\.(?:post|update|open|push|publish|delete)|\bfilesUpload/;

  test('alone posts, edits, opens and updates views, and uploads', () => {
    expect(found(elsewhere, SENDING)).toEqual([]);
    expect(found(files, SENDING).length).toBeGreaterThanOrEqual(6);
  });

  test('alone gives Slack’s error words their meaning, in one table', () => {
    const table = 'src/slack/out/slack-words.ts';
    const words = codeOf(table).flatMap((line) => /^ {4}([a-z_]+): /.exec(line)?.[1] ?? []);
    expect(words).toEqual(expect.arrayContaining(['msg_too_long', 'not_in_channel', 'token_revoked']));
    const asked = new RegExp(`(?:[!=]==|case|has\\(|includes\\() ?'(?:${words.join('|')})'`);
    const others = files.filter((path) => path !== table);
    expect(found(others, asked)).toEqual([]);
    expect(asked.test("if (word === 'msg_too_long')")).toBe(true);
  });
});
