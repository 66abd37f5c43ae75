import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

const CLIENT = fileURLToPath(new URL('../client/', import.meta.url));

/** A file of the page, kept in memory. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  map: 'application/json; charset=utf-8',
};

/** The page with its bundled program and style, by path. Nothing is written: no build folder, nothing to go stale. */
export async function bundleClient(folder = CLIENT): Promise<ReadonlyMap<string, PageFile>> {
  const built = await build({
    entryPoints: { main: `${folder}main.tsx` },
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2023',
    minify: true,
    sourcemap: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl' },
    logLevel: 'silent',
  });
  // Its compiler is a process of its own, of no more use.
  await stop();
  const page: PageFile = { type: 'text/html; charset=utf-8', body: await readFile(`${folder}index.html`) };
  const bundled = built.outputFiles.map(({ path, contents }): [string, PageFile] => [
    path.slice(path.lastIndexOf('/')),
    { type: TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream', body: contents },
  ]);
  return new Map([['/', page], ...bundled]);
}
