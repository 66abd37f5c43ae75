import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { statusLook } from '../src/render/blocks/words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync('src/**/*.ts', { cwd: root });
/** A constant that is an object whose members may have any name. */
const TABLE = /^(?:export )?const \w+: (?:Readonly<)?(?:Partial<)?Record<string,/m;

test('no table of words from outside is an object: `constructor` would be found in it', () => {
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.filter((path) => TABLE.test(readFileSync(`${root}/${path}`, 'utf8')));
  expect(found).toEqual([]);
  expect(TABLE.test('const WORDS: Readonly<Record<string, number>> = {};')).toBe(true);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'a status called %s is shown as it came',
  (status) => {
    expect(statusLook({ status: 'unknown', statusWord: status }).label).toBe(status);
  },
);
