import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { loadConfig } from '../src/config/config.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const example = read('../.env.example');
const REQUIRED = {
  SLACK_BOT_TOKEN: 'xoxb-example',
  SLACK_SIGNING_SECRET: 'example',
  IOT_BASE_URL: 'https://iot.example.com:8743',
  IOT_APP_ID: 'example',
  IOT_SECRET: 'example',
};
const SETTING = /^#?([A-Z][A-Z_]+)=(.*)$/;

/** Every setting of the file with what is written behind it, commented out or not. */
const settings = example.split('\n').flatMap((line, index, lines) => {
  const [, name, value] = SETTING.exec(line) ?? [];
  return name === undefined || value === undefined ? [] : [{ name, value, above: lines[index - 1] ?? '' }];
});

describe('.env.example', () => {
  test('names exactly the settings the program reads, each once', () => {
    const schema = /z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(read('../src/config/config.ts'))?.[1] ?? '';
    const known = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    expect(known).toContain('SLACK_BOT_TOKEN');
    expect(settings.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  });

  test('says in a line above each what it is for', () => {
    expect(settings.filter(({ above }) => !/^# \S/.test(above))).toEqual([]);
  });

  test('as it stands asks for what is required, and for nothing else', () => {
    const loaded = loadConfig(parseEnv(example));
    const named = loaded.ok ? [] : loaded.problems.map((line) => line.split(' ')[0]);
    expect(named.toSorted()).toEqual(Object.keys(REQUIRED).toSorted());
    expect(Object.keys(parseEnv(example)).toSorted()).toEqual(Object.keys(REQUIRED).toSorted());
  });

  test('is accepted once what is required is filled in', () => {
    expect(loadConfig({ ...parseEnv(example), ...REQUIRED })).toMatchObject({ ok: true });
  });

  test('shows the defaults as they are', () => {
    const shown = parseEnv(example.replaceAll(/^#([A-Z][A-Z_]+=)/gm, '$1'));
    expect(loadConfig({ ...shown, ...REQUIRED })).toEqual(loadConfig(REQUIRED));
  });
});
