import { runCheck, runMigrate } from './app/commands.ts';
import { EXIT, endWith } from './app/exit.ts';
import { isRole, ROLES } from './app/roles.ts';
import { runRole } from './app/run-role.ts';
import { type Config, loadConfig } from './config/config.ts';
import { createLog } from './ops/log.ts';

const [command = 'all'] = process.argv.slice(2);
// What is written, the store first of all, is for the user of this process alone.
process.umask(0o077);
const run = commandOf(command);
if (run === null) {
  const known = [...Object.keys(ROLES), 'check', 'migrate'];
  refuse(EXIT.usage, [`unknown role "${command}": use one of ${known.join(', ')}`]);
} else {
  const loaded = loadConfig(process.env);
  if (loaded.ok) endWith(await run(loaded.config), createLog(loaded.config.logLevel));
  else refuse(EXIT.settings, loaded.problems);
}

/** Resolves with the exit code; null where there is no such command. */
function commandOf(name: string): ((config: Config) => Promise<number>) | null {
  if (isRole(name)) return (config) => runRole(config, name);
  if (name === 'check') return runCheck;
  return name === 'migrate' ? runMigrate : null;
}

/** Plain lines instead of a stack trace: what is wrong is outside of the program. */
function refuse(code: number, lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = code;
}
