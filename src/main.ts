import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A third of a start is compiling, so what was compiled is kept for the next one. Not where Node keeps it by default: in a
// folder for temporary files anyone may leave code for us. It has to be on before the rest is loaded, hence the import
// below; where the folder cannot be written, each start compiles as usual.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
const { runCommand } = await import('./run-command.ts');

await runCommand(process.argv[2] ?? 'all', process.env);
