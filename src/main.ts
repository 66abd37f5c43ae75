import { accessSync, constants } from 'node:fs';
import { enableCompileCache, flushCompileCache, getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// A third of a start is compiling, so what was compiled is kept for the next one. Not where Node keeps it by default: in a
// folder for temporary files anyone may leave code for us. It has to be on before the rest is loaded, hence the import
// below; where the folder cannot be written, each start compiles as usual.
const compiled = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
if (process.env.MALLOC_ARENA_MAX === undefined) startLean();
enableCompileCache(compiled);
const { runCommand } = await import('./app/run-command.ts');

if (compilerIsLoaded()) startCompiled();
// Only now: while everything is loaded, garbage is cheaper than collecting it ten times.
setFlagsFromString('--heap-growing-percent=10');
await runCommand(process.argv[2] ?? 'all', process.env);

/**
 * Starts this very process once more (same id, some 50 ms) with settings that are read only before a start. They take two
 * thirds of the resident memory under load, since V8 and the C library keep several times what is in use, for a speed that
 * a bot which mostly waits does not need: the young generation stays at 1 MB (it would grow to 32), threads share one malloc
 * arena (each would fill its own), and freed blocks of 16 KB and more go back to the system. Above, the heap is set to be
 * collected after a tenth of growth (not after up to four times). Optimising compilers stay on: without them a cycle takes
 * half as long again, and 10 MB are saved. Who sets MALLOC_ARENA_MAX tunes by hand and is left alone.
 * docs/performance.md has the figures.
 */
function startLean(): void {
  restart(['--max-semi-space-size=1'], {
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: '16384',
    MALLOC_TRIM_THRESHOLD_: '16384',
    // On from the first module: then TypeScript's compiler, 10 MB, is not even loaded.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiled,
  });
}

/**
 * The first start after an installation or an update had to load the compiler, which stays in memory. With everything
 * compiled it starts without. Not where that cannot be kept, and never twice.
 */
function startCompiled(): void {
  const folder = getCompileCacheDir();
  if (folder === undefined || process.env.STARTED_COMPILED !== undefined) return;
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return;
  }
  flushCompileCache();
  restart([], { STARTED_COMPILED: '1' });
}

function compilerIsLoaded(): boolean {
  // Node names there what it has loaded of itself; not documented, so that it may be missing one day.
  const loaded: unknown = Reflect.get(process, 'moduleLoadList');
  return Array.isArray(loaded) && loaded.some((name) => String(name).includes('amaro'));
}

/** Returns only where the system cannot do it (Windows); the bot then runs as it is. */
function restart(flags: readonly string[], env: Readonly<Record<string, string>>): void {
  if (process.platform === 'win32') return;
  const args = [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)];
  process.execve?.(process.execPath, args, { ...process.env, ...env });
}
