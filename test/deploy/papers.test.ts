import { describe, expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { z } from 'zod';
import { readStartLine, startedByNpm } from '../start-line.ts';
import { copiedByDockerfile, isThere, linesOf, readPaper } from './read-papers.ts';

const own = z.object({ engines: z.object({ node: z.string() }) });

const ROLES = ['all', 'web', 'worker', 'check', 'migrate'];
/** The role of a command line that runs the program. */
const roleOf = (command: string) => readStartLine(command)?.args[0];
const entryPoint = z.array(z.string());

/** What each place starts the bot with that runs for long: Node's flags, and what the C library reads. */
function startsOf(
  place: string,
): readonly { readonly flags: readonly string[]; readonly malloc: readonly string[] }[] {
  const text = readPaper(place);
  const malloc = (words: string) => words.match(/MALLOC_\w+=\w+/g) ?? [];
  if (place === 'Procfile')
    return (text.match(/^(?:web|worker): .*$/gm) ?? []).map((line) => ({
      flags: readStartLine(line.replace(/^\w+: /, ''))?.flags ?? [],
      malloc: malloc(line),
    }));
  const [, json] = /^ENTRYPOINT (.*)$/m.exec(text) ?? [];
  if (json !== undefined)
    return [{ flags: entryPoint.parse(JSON.parse(json)).slice(1, -1), malloc: malloc(text) }];
  const [, line = ''] = /^ExecStart=(.*)$/m.exec(text) ?? [];
  return [{ flags: readStartLine(line)?.flags ?? [], malloc: malloc(text) }];
}

/** How the image is compiled: with the very flags it is started with, since others make the code useless. */
const compiling = `RUN node ${startedByNpm().flags.join(' ')} src/main.ts check || [ $? -eq 78 ]`;

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
    const user = lines.indexOf('USER node');
    expect(user).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('COPY')));
    // What only that user may do: nobody else's compiled code is run.
    expect(lines.slice(user).filter((line) => line.startsWith('RUN'))).toEqual([compiling]);
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

describe('every place that starts the bot', () => {
  const { flags, env } = startedByNpm();
  const malloc = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('MALLOC') ? [`${name}=${value}`] : [],
  );

  test.each([
    ['Procfile', 2],
    ['Dockerfile', 1],
    ['deploy/upgrades-bot.service', 1],
  ])('says the same as npm start: %s', (place, times) => {
    expect(malloc).not.toEqual([]);
    expect(startsOf(place)).toEqual(Array.from({ length: times }, () => ({ flags, malloc })));
  });

  test('opens no debugger on a signal', () => {
    expect(flags).toContain('--disable-sigusr1');
  });
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

  test('lets it write its store and what it compiled, and nothing else', () => {
    expect(of('ProtectSystem')).toEqual(['strict']);
    expect(of('ReadWritePaths')).toEqual([]);
    expect(of('DynamicUser')).toEqual(['yes']);
    expect(of('CacheDirectory')).toEqual(['upgrades-bot']);
    expect(of('CacheDirectoryMode')).toEqual(['0700']);
    expect(of('Environment')).toContain(`NODE_COMPILE_CACHE=/var/cache/${of('CacheDirectory')[0]}`);
    expect(of('Environment')).toContain(
      `DATABASE_URL=sqlite:/var/lib/${of('StateDirectory')[0]}/upgrades.db`,
    );
  });
});
