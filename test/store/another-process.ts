import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const OPEN_STORE = new URL('../../src/store/engine/open-sqlite.ts', import.meta.url).href;

/** Opens a store and says how that went, in one line; then holds it until it is told to end. */
const SCRIPT = `
const { openSqlite } = await import(${JSON.stringify(OPEN_STORE)});
process.stdin.on('end', () => process.exit(0)).resume();
try {
  const store = await openSqlite(process.argv[1]);
  await store.db.insertInto('watch_state').values({ name: 'written-by-' + process.pid, value: '1' }).execute();
  console.log(JSON.stringify({ opened: true }));
} catch (error) {
  console.log(JSON.stringify({ opened: false, code: error.code, message: error.message, advice: error.advice }));
}
`;

export interface OtherProcess {
  readonly said: { readonly opened: boolean; readonly code?: string; readonly message?: string };
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** Opens the store in a process of its own, on request as a user who owns nothing, or where files cannot grow. */
export async function openInAnotherProcess(
  path: string,
  { uid, fullAt }: { readonly uid?: number; readonly fullAt?: number } = {},
): Promise<OtherProcess> {
  const node = [process.execPath, '--input-type=module', '--eval', SCRIPT, path];
  // Bash counts in blocks of 1,024 bytes.
  const limit = `ulimit -f ${Math.ceil((fullAt ?? 0) / 1_024)} && exec "$@"`;
  const [command = '', ...args] = fullAt === undefined ? node : ['bash', '-c', limit, 'bash', ...node];
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid !== undefined && { uid }),
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(lines, 'line'), endOf(child).then(() => ['{"opened":false}'])]);
  return {
    said: JSON.parse(String(line)),
    async kill() {
      child.kill('SIGKILL');
      await endOf(child);
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
