import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';

const DEMO = fileURLToPath(new URL('../sandbox/demo.ts', import.meta.url));
/** A day is played in about fifty seconds; a busy machine takes longer to start. */
const LIMIT = 180_000;

test(
  'the demo asks, answers, tells of a failure, looks a device up, and ends by itself',
  async () => {
    // Rejects when it does not end with 0.
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [DEMO, '--script'], {
      timeout: LIMIT,
    });
    const shown = stripVTControlCharacters(stdout);
    expect(shown).toMatch(/ana types \/upgrades/);
    expect(shown).toMatch(
      /wei types \/upgrades failed size:2[\s\S]*`failed size:2` · 1–2 of \d+ tasks · live/,
    );
    expect(shown).toMatch(/wei types \/upgrades faild[\s\S]*Did you mean `failed`\?/);
    expect(shown).toMatch(/in the thread, shown in the channel as well\n\s+🔴 failed/);
    expect(shown).toMatch(/Upgrade tasks aimed at it|Firmware\n/);
    expect(shown).toMatch(/The day is over/);
    expect(shown).toMatch(/refused by Slack's rate limit 0, beyond Slack's limits 0/);
    expect(stderr).toBe('');
  },
  LIMIT,
);
