import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

describe('the store', () => {
  story('is in use by another bot: a clear line, exit 1', async (s) => {
    await s.start();
    const second = s.run();
    expect((await second.ended).code).toBe(1);
    expect(second.stderr()).toMatch(/^.*upgrades\.db.*$/m);
    expect(second.stderr()).toMatch(/another|in use/);
    expect(second.stderr().trim().split('\n')).toHaveLength(1);
    expect(second.stdout()).toBe('');
    // The first one is not disturbed.
    expect((await s.people.ask('ana', 'failed')).text).toContain('live');
  });

  story('is no database: a clear line, exit 1, and the file stays as it is', async (s) => {
    const file = join(s.folder, 'upgrades.db');
    await writeFile(file, 'these are my holiday pictures '.repeat(100));
    for (const role of ['all', 'migrate']) {
      const bot = s.run({}, [role]);
      expect((await bot.ended).code).toBe(1);
      expect(bot.stderr()).toContain(file);
      expect(bot.stderr().trim().split('\n')).toHaveLength(1);
    }
  });

  story('its files are for the user of the process alone, and so is a folder made for them', async (s) => {
    const folder = join(s.folder, 'made', 'for-it');
    const bot = s.run({ DATABASE_URL: `sqlite:${join(folder, 'upgrades.db')}` }, ['migrate']);
    bot.log.expect(/newest schema/);
    expect((await bot.ended).code).toBe(0);
    const modes = [folder, ...(await readdir(folder)).map((name) => join(folder, name))].map(async (path) =>
      ((await stat(path)).mode & 0o777).toString(8),
    );
    const [ofFolder, ...ofFiles] = await Promise.all(modes);
    expect(ofFolder).toBe('700');
    expect(ofFiles.length).toBeGreaterThan(0);
    expect(new Set(ofFiles)).toEqual(new Set(['600']));
  });

  story('migrate brings it up to date and ends', async (s) => {
    for (const _ of [1, 2]) {
      const bot = s.run({}, ['migrate']);
      expect((await bot.ended).code).toBe(0);
      expect(bot.stdout()).toBe('The store is at the newest schema.\n');
      bot.log.expect(/newest schema/);
    }
  });
});

describe('check', () => {
  story(
    'all is well: a line each, exit 0, and nothing is posted',
    async (s) => {
      const bot = s.run({}, ['check']);
      const { code } = await bot.ended;
      const lines = bot.stdout().trim().split('\n');
      expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
      expect(code).toBe(0);
      for (const part of ['settings:', 'platform:', 'slack:', 'store:']) expect(bot.stdout()).toContain(part);
      bot.log.expect(/ok {4}/);
    },
    // The clocks of both are compared as well.
    { time: 'real' },
  );

  story(
    'a wrong secret and a wrong token: what to do about each, exit 1',
    async (s) => {
      const bot = s.run({ SLACK_BOT_TOKEN: 'xoxb-from-somewhere-else' }, ['check']);
      expect((await bot.ended).code).toBe(1);
      const out = bot.stdout();
      expect(out).toMatch(/^FAILED platform: .*100208.*Check IOT_APP_ID and IOT_SECRET/m);
      expect(out).toMatch(/^FAILED slack: SLACK_BOT_TOKEN: .*invalid_auth.*Copy it again/m);
      expect(out).toMatch(/^ok {5}store: /m);
      expect(out).not.toContain('not-the-secret');
      expect(out).not.toContain('xoxb-from-somewhere-else');
      bot.log.expect(/FAILED|ok {5}/);
    },
    { env: { IOT_SECRET: 'not-the-secret' }, time: 'real' },
  );
});
