import { type Config, loadConfig } from '../config/config.ts';
import { createLog } from '../ops/log.ts';
import { EXIT, endWith, refuse } from './exit.ts';

/** Resolves with the exit code. */
export type Command = (config: Config) => Promise<number>;

/** Runs a command with the settings of this environment, and ends the process with its exit code. */
export async function runWithSettings(
  command: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const loaded = loadConfig(environment);
  if (!loaded.ok) return refuse(EXIT.settings, loaded.problems);
  endWith(await command(loaded.config), createLog(loaded.config.logLevel));
}
