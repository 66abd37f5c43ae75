import { describe, expect, test } from '@jest/globals';
import { scrub } from '../../src/ops/log.ts';

describe('the last net under the log', () => {
  test.each([
    ['a bot token', 'xoxb-12-34-AbC'],
    ['a rotating token', 'xoxe.xoxb-1-AbC'],
    ['a refresh token', 'xoxe-1-AbC'],
    ['an app token', 'xapp-1-A0-12-abc'],
    ['a response URL', 'https://hooks.slack.com/commands/T1/2/abc'],
    ['a trigger', '13345224609.738474920.8088930838d88f008e0'],
    ['an Authorization header', 'Bearer abc.def-ghi_jkl=='],
  ])('%s is taken out of a line, which stays one', (_what, secret) => {
    const line = `${JSON.stringify({ msg: `said ${secret}, and went on`, secret })}\n`;
    const scrubbed = scrub(line);
    expect(scrubbed).not.toContain(secret);
    expect(JSON.parse(scrubbed)).toMatchObject({ msg: expect.stringMatching(/^said \[secret\]/) });
  });

  test('ids, times and figures stay', () => {
    const line = JSON.stringify({
      operationId: '9d1f6f0e-6f0a-4f3e-9a53-1e3d6f3c2b1a',
      ts: '1700000000.000123',
      code: 'token-refused',
      advice: 'SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
    });
    expect(scrub(line)).toBe(line);
  });
});
