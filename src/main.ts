import { type Command, runCheck, runMigrate, runWithSettings } from './app/commands.ts';
import { EXIT, refuse } from './app/exit.ts';
import { isRole, ROLES } from './app/roles.ts';
import { runRole } from './app/run-role.ts';

const [name = 'all'] = process.argv.slice(2);
// What is written, the store first of all, is for the user of this process alone.
process.umask(0o077);
const command = commandOf(name);
if (command !== null) await runWithSettings(command, process.env);
else {
  const known = [...Object.keys(ROLES), 'check', 'migrate'].join(', ');
  refuse(EXIT.usage, [`unknown role "${name}": use one of ${known}`]);
}

function commandOf(name: string): Command | null {
  if (isRole(name)) return (config) => runRole(config, name);
  if (name === 'check') return runCheck;
  return name === 'migrate' ? runMigrate : null;
}
