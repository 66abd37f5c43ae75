import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = globSync('{src,sandbox}/**/*.{ts,tsx}', { cwd: root });

/** Who may import whom: the table in docs/design.md, which has no other source. */
const LAYERS = new Map(
  [...read('docs/design.md').matchAll(/^\| `([\w/]+)` \|([^|]*)\|/gm)].map(([, layer = '', names = '']) => [
    layer,
    new Set([...names.matchAll(/`([\w/]+)`/g)].map(([, name = '']) => name)),
  ]),
);

/** What a layer must not load from outside, not even as a type. */
const FORBIDDEN: readonly (readonly [layer: string, modules: RegExp])[] = [
  ['lib', /^(@slack\/|kysely)/],
  ['core', /^(node:|@slack\/|kysely|pino|ky$|node-cron|prom-client|undici)/],
  ['render', /^(node:|@slack\/(?!types$)|kysely|pino|ky$|node-cron|prom-client|undici)/],
];

interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it is there when the program runs. */
  readonly loaded: boolean;
}

const IMPORT =
  /(?:^|\n)(?:import|export)(?<type> type)?(?: [^;']*?from)? '(?<to>[^']+)'|import\('(?<lazy>[^']+)'\)/g;

function importsOf(file: string): readonly Import[] {
  return [...read(file).matchAll(IMPORT)].map(({ groups = {} }) => {
    const to = groups.to ?? groups.lazy ?? '';
    return {
      from: file,
      to: to.startsWith('.') ? normalize(join(dirname(file), to)) : to,
      loaded: groups.type === undefined,
    };
  });
}

const imports = files.flatMap(importsOf);
const inside = imports.filter(({ to }) => /^(src|sandbox|test)\//.test(to));

/** The layer of a file; the innermost where one lies in another. */
function layerOf(file: string): string {
  const parts = file.replace(/^src\//, '').split('/');
  const names = parts.map((_part, index) =>
    parts
      .slice(0, index + 1)
      .join('/')
      .replace(/\.ts$/, ''),
  );
  return names.findLast((name) => LAYERS.has(name)) ?? `${file} has no layer`;
}

function layerOfFile(layer: string): readonly string[] {
  return files.filter((file) => file.startsWith('src/') && layerOf(file) === layer);
}

describe('the layers of docs/design.md', () => {
  test('are found, and each has files', () => {
    expect(LAYERS.size).toBeGreaterThan(10);
    for (const layer of LAYERS.keys()) expect([layer, layerOfFile(layer).length > 0]).toEqual([layer, true]);
    expect(inside.length).toBeGreaterThan(1_000);
  });

  test('import only what the table allows', () => {
    const others = inside
      .filter(({ from }) => from.startsWith('src/'))
      .filter(({ from, to }) => layerOf(from) !== layerOf(to))
      .filter(({ from, to }) => !LAYERS.get(layerOf(from))?.has(layerOf(to)))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(others).toEqual([]);
  });

  test('use every edge that the table allows', () => {
    const used = new Set(inside.map(({ from, to }) => `${layerOf(from)} -> ${layerOf(to)}`));
    const allowed = [...LAYERS].flatMap(([from, names]) => [...names].map((to) => `${from} -> ${to}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });

  test.each(FORBIDDEN)('%s loads nothing from outside that it must not know', (layer, modules) => {
    const found = imports
      .filter(({ from }) => from.startsWith(`src/${layer}/`))
      .filter(({ to }) => modules.test(to))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(found).toEqual([]);
  });

  test('the sandbox is imported by nothing in src, and imports no more of it than the words', () => {
    expect(inside.filter(({ from, to }) => from.startsWith('src/') && !to.startsWith('src/'))).toEqual([]);
    const known = inside.filter(({ from, to }) => from.startsWith('sandbox/') && to.startsWith('src/'));
    expect([...new Set(known.map(({ to }) => layerOf(to)))].toSorted()).toEqual(['core', 'lib']);
  });
});

test('no file leads back to itself while the program loads', () => {
  const loads = Map.groupBy(
    inside.filter(({ loaded }) => loaded),
    ({ from }) => from,
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const { to } of loads.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

describe('the tree can be held in the head', () => {
  const folders = Map.groupBy(files, dirname);

  test('no folder holds more than 22 files side by side', () => {
    const full = [...folders].filter(([, held]) => held.length > 22).map(([folder]) => folder);
    expect(full).toEqual([]);
  });

  test('every folder of src says in three to six lines what it decides and where to start', () => {
    const parents = [...folders.keys()].map(dirname);
    const named = [...new Set([...folders.keys(), ...parents])].filter((folder) => folder.startsWith('src/'));
    const wrong = named.filter((folder) => {
      const lines = globSync(`${folder}/README.md`, { cwd: root }).flatMap((file) =>
        read(file).trim().split('\n'),
      );
      return lines.length < 3 || lines.length > 6;
    });
    expect(wrong).toEqual([]);
  });

  test('no file is longer than 250 lines', () => {
    const long = [...folders.values()].flat().filter((file) => read(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });

  test('what README files point at is there', () => {
    const missing = globSync('src/**/README.md', { cwd: root }).flatMap((file) =>
      [...read(file).matchAll(/`([\w/-]+\.ts)`/g)]
        .map(([, name = '']) => join(dirname(file), name))
        .filter((path) => !files.includes(path)),
    );
    expect(missing).toEqual([]);
  });
});
