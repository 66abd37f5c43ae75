import { type Config, loadConfig } from '../config/config.ts';
import { checkAll } from '../ops/check-all.ts';
import { createLog } from '../ops/log.ts';
import { openStore } from '../store/engine/open-store.ts';
import { describeFailure } from './describe-failure.ts';
import { EXIT, endWith, refuse } from './exit.ts';

/** Checks every dependency of the bot and prints one line for each. Resolves with the exit code. */
export async function runCheck(config: Config): Promise<number> {
  const lines = await checkAll(config, createLog('silent'));
  for (const { ok, text } of lines) console.log(`${ok ? 'ok    ' : 'FAILED'} ${text}`);
  return lines.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed;
}

/** Migrates the store to the newest schema. Resolves with the exit code. */
export async function runMigrate(config: Config): Promise<number> {
  try {
    const store = await openStore(config.store);
    await store.close();
    console.log('The store is at the newest schema.');
    return EXIT.ok;
  } catch (error) {
    console.error(describeFailure(error));
    return EXIT.failed;
  }
}

/** Resolves with the exit code. */
export type Command = (config: Config) => Promise<number>;

/** Loads the settings from the environment, runs the command and ends the process with its exit code. */
export async function runWithSettings(
  command: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const loaded = loadConfig(environment);
  if (!loaded.ok) return refuse(EXIT.settings, loaded.problems);
  endWith(await command(loaded.config), createLog(loaded.config.logLevel));
}
