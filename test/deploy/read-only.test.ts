import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startedByNpm } from '../start-line.ts';
import { LogWatch } from '../stories/harness/log-watch.ts';
import type { Environment } from '../stories/harness/running-bot.ts';
import { story } from '../stories/harness/story.ts';
import { copiedByDockerfile, pathOf } from './read-papers.ts';

const START = startedByNpm();
/** Somebody who owns nothing. Root may write anywhere, so that as root the program is run as this user. */
const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;

let app: string;
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'upgrades-app-'));
  for (const name of copiedByDockerfile()) await cp(pathOf(name), join(app, name), { recursive: true });
  await mkdir(join(app, 'node_modules'));
  for (const name of await readdir(pathOf('node_modules')))
    if (!name.startsWith('.')) await symlink(pathOf(`node_modules/${name}`), join(app, 'node_modules', name));
  await mkdir(join(app, 'compiled'));
  await setWritable(app, false);
  await compile(join(app, 'compiled'));
  await setWritable(app, false);
});
afterAll(async () => {
  await setWritable(app, true);
  await rm(app, { recursive: true });
});

/** A user of its own may still write its files, hence the bits; links lead to packages that are nobody's to change. */
async function setWritable(folder: string, writable: boolean): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => !one.isSymbolicLink())) {
    const mode = entry.isDirectory() ? 0o555 : 0o444;
    await chmod(join(entry.parentPath, entry.name), writable ? mode | 0o200 : mode);
  }
  await chmod(folder, writable ? 0o755 : 0o555);
}

/** Starts the program as the image does. */
function start(role: string, environment: Environment): ChildProcess {
  return spawn(process.execPath, [...START.flags, 'src/main.ts', role], {
    cwd: app,
    env: { ...START.env, NODE_COMPILE_CACHE: join(app, 'compiled'), NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(asRoot && { uid: NOBODY, gid: NOBODY }),
  });
}

/** What is done once when the image is built: it ends for want of settings, and everything is compiled then. */
async function compile(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  if (asRoot) await chown(folder, NOBODY, NOBODY);
  const [code] = await once(start('check', {}), 'exit');
  if (code !== 78) throw new Error(`without settings it ended with ${code}`);
}

async function run(environment: Environment, log: LogWatch) {
  const child = start('all', environment);
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => log.write(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, stderr: () => stderr };
}

describe('what the Dockerfile copies, by a user who may write the data folder alone', () => {
  test('is compiled already, so that a start compiles nothing', async () => {
    const child = start('all', { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    if (child.stderr === null) throw new Error('it says nothing');
    const said = await text(child.stderr);
    const own = said.split('\n').filter((line) => line.includes(`file://${app}/src/`));
    const ofMain = own.filter((line) => line.includes('/src/main.ts'));
    expect(ofMain).toContainEqual(expect.stringMatching(/V8 code cache .* was accepted/));
    expect(own.filter((line) => /rejected|not found|generating|writing/i.test(line))).toEqual([]);
  });

  story(
    'starts, polls, answers and stops',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      const data = join(s.folder, 'data');
      await mkdir(data);
      await chmod(s.folder, 0o755);
      if (asRoot) await chown(data, NOBODY, NOBODY);
      const log = new LogWatch();
      const { child, stderr } = await run(s.env({ DATABASE_URL: `sqlite:${data}/upgrades.db` }), log);
      const ended = once(child, 'exit');
      try {
        const { port } = await Promise.race([
          log.until(({ msg }) => msg === 'started', 'started'),
          ended.then(([code]) => {
            throw new Error(`it ended with ${code}: ${stderr()}`);
          }),
        ]);
        await log.until(({ msg, outcome }) => msg === 'cycle' && outcome === 'good', 'that it polled');
        s.workspace.connectHttp(`http://127.0.0.1:${port}/slack/events`);
        expect((await s.people.ask('ana', 'failed')).text).toContain('op-1');
        expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
        child.kill('SIGTERM');
        expect(await ended).toEqual([0, null]);
        expect(stderr()).toBe('');
        expect(log.complaints()).toEqual([]);
        expect((await readdir(data)).toSorted()).toEqual(expect.arrayContaining(['upgrades.db']));
      } finally {
        child.kill('SIGKILL');
      }
    },
    { time: 'real' },
  );
});
