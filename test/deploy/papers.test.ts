import { describe, expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { z } from 'zod';
import { copiedByDockerfile, isThere, linesOf, readPaper } from './read-papers.ts';

const own = z.object({ engines: z.object({ node: z.string() }) });

const ROLES = ['all', 'web', 'worker', 'check', 'migrate'];
/** The role of a command line that runs the program. */
const roleOf = (command: string) =>
  /^(?:\/usr\/bin\/)?node (?:--disable-sigusr1 )?src\/main\.ts (\w+)$/.exec(command)?.[1];

describe('the Dockerfile', () => {
  const text = readPaper('Dockerfile');
  const lines = linesOf(text);

  test('has nothing that a linter finds', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
    expect(validate('FROM node\nCOPYY . .\n')).not.toEqual([]);
  });

  test('copies only what is there and what .dockerignore lets through', () => {
    const copied = new Set(copiedByDockerfile());
    expect([...copied].toSorted()).toEqual(['LICENSE', 'package-lock.json', 'package.json', 'src']);
    for (const name of copied) expect(isThere(name)).toBe(true);
    const [all, ...let_] = linesOf(readPaper('.dockerignore'));
    expect(all).toBe('*');
    expect(let_.toSorted()).toEqual([...copied].map((name) => `!${name}`).toSorted());
  });

  test('takes the Node that the program needs, and runs it as nobody special', () => {
    const { engines } = own.parse(JSON.parse(readPaper('package.json')));
    const images = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
    expect(new Set(images)).toEqual(new Set([`node:${engines.node.replace('>=', '')}-slim`]));
    expect(lines.indexOf('USER node')).toBeGreaterThan(
      lines.findLastIndex((line) => /^(COPY|RUN)/.test(line)),
    );
    expect(lines).toContain('ENTRYPOINT ["node", "--disable-sigusr1", "src/main.ts"]');
    expect(lines).toContain('CMD ["all"]');
  });

  test('asks for health with a command that Node understands', () => {
    const [, json] = /HEALTHCHECK[\s\S]*?CMD (\[.*\])/.exec(text) ?? [];
    const [node, flag, script = ''] = z.array(z.string()).parse(JSON.parse(json ?? '[]'));
    expect([node, flag]).toEqual(['node', '-e']);
    expect(() => new Function('process', 'fetch', script)).not.toThrow();
  });
});

test('every line of the Procfile runs the program in a role there is', () => {
  const lines = linesOf(readPaper('Procfile')).map((line) => {
    const [, name = '', command = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    return [name, roleOf(command)];
  });
  expect(lines).toEqual([
    ['release', 'migrate'],
    ['web', 'all'],
    ['worker', 'worker'],
  ]);
});

test('nothing that runs for long opens a debugger on a signal', () => {
  const starts = [
    readPaper('Procfile').match(/^(?:web|worker): .*$/gm) ?? [],
    readPaper('Dockerfile').match(/^ENTRYPOINT .*$/gm) ?? [],
    readPaper('deploy/upgrades-bot.service').match(/^ExecStart=.*$/gm) ?? [],
    readPaper('package.json').match(/"start": .*$/gm) ?? [],
  ].flat();
  expect(starts).toHaveLength(5);
  expect(starts.filter((line) => !line.includes('--disable-sigusr1'))).toEqual([]);
});

describe('the unit for systemd', () => {
  const settings = Map.groupBy(
    linesOf(readPaper('deploy/upgrades-bot.service')).flatMap((line) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [{ name, value }];
    }),
    ({ name }) => name,
  );
  const of = (name: string) => settings.get(name)?.map(({ value }) => value) ?? [];

  test('runs the program in a role there is, and gives it time to stop', () => {
    expect(ROLES).toContain(roleOf(of('ExecStart')[0] ?? ''));
    expect(Number(of('TimeoutStopSec')[0])).toBeGreaterThan(5);
    expect(of('RestartPreventExitStatus')).toEqual(['64 78']);
  });

  test('bounds what it may take, and leaves no dump of its memory', () => {
    expect(of('MemoryMax')).toEqual(['512M']);
    expect(of('TasksMax')).toEqual(['64']);
    expect(of('LimitCORE')).toEqual(['0']);
  });

  test('lets it write its store and nothing else', () => {
    expect(of('ProtectSystem')).toEqual(['strict']);
    expect(of('ReadWritePaths')).toEqual([]);
    expect(of('DynamicUser')).toEqual(['yes']);
    expect(of('Environment')).toContain(
      `DATABASE_URL=sqlite:/var/lib/${of('StateDirectory')[0]}/upgrades.db`,
    );
  });
});
