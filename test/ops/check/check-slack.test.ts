import { afterEach, describe, expect, test } from '@jest/globals';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { checkSlack } from '../../../src/ops/check/check-slack.ts';
import { createLog } from '../../../src/ops/log.ts';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

/** Checks against a workspace whose clock is so far ahead of ours. */
async function check(aheadMs: number, more: Readonly<Record<string, string>> = {}) {
  const workspace = await startWorkspace({ now: () => Date.now() + aheadMs });
  toClose.push(() => workspace.close());
  const loaded = loadConfig({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    ...{ IOT_BASE_URL: 'https://iot.example:8743', IOT_APP_ID: 'a', IOT_SECRET: 's' },
    ...more,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const lines = await checkSlack(loaded.config, createLog('silent'), null);
  return lines.filter(({ ok }) => !ok).map(({ text }) => text);
}

describe('the clock beside Slack’s', () => {
  test('within a minute is no matter', async () => {
    expect(await check(50_000)).toEqual([]);
  });

  test.each([
    ['behind', 600_000],
    ['ahead of', -600_000],
  ])('%s it: what that means and what to do', async (word, ahead) => {
    expect(await check(ahead)).toEqual([
      expect.stringMatching(
        new RegExp(`^clock: The clock of this machine is .* ${word} Slack’s: .* Set the clock by NTP`),
      ),
    ]);
  });
});

test('Slack is not there: which address to look at', async () => {
  expect(await check(0, { SLACK_API_URL: 'http://127.0.0.1:9/api/' })).toEqual([
    expect.stringMatching(/^slack: SLACK_BOT_TOKEN: Slack did not answer .* SLACK_API_URL/),
  ]);
});
