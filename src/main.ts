import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A third of a start is compiling, so what was compiled is kept for the next one. Not where Node keeps it by default: in a
// folder for temporary files anyone may leave code for us. It has to be on before the rest is loaded, hence the import
// below; where the folder cannot be written, each start compiles as usual.
const compiled = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
startLean();
enableCompileCache(compiled);
const { runCommand } = await import('./run-command.ts');

await runCommand(process.argv[2] ?? 'all', process.env);

/**
 * Starts this very process once more (same id, some 50 ms) with settings that are read only before a start. They take a
 * third of the resident memory under load, since V8 and the C library keep several times what is in use for a speed that
 * a bot which mostly waits does not need: the young generation stays at 1 MB (it would grow to 32), the heap is collected
 * after a fifth of growth (not after up to four times), threads share one malloc arena (each would fill its own), and
 * freed blocks of 16 KB and more go back to the system. With the compile cache on from the first module, TypeScript's
 * compiler is not loaded either. Who sets MALLOC_ARENA_MAX tunes by hand and is left alone. docs/performance.md has figures.
 */
function startLean(): void {
  if (process.env.MALLOC_ARENA_MAX !== undefined || process.platform === 'win32') return;
  const flags = ['--max-semi-space-size=1', '--heap-growing-percent=20', '--optimize-for-size'];
  process.execve?.(
    process.execPath,
    [process.execPath, ...process.execArgv, ...flags, ...process.argv.slice(1)],
    {
      ...process.env,
      MALLOC_ARENA_MAX: '1',
      MALLOC_MMAP_THRESHOLD_: '16384',
      MALLOC_TRIM_THRESHOLD_: '16384',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compiled,
    },
  );
}
