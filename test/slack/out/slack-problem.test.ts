import { describe, expect, test } from '@jest/globals';
import { ErrorCode } from '@slack/web-api';
import { needsAPerson, slackProblem } from '../../../src/slack/out/slack-problem.ts';

const refusal = (error: string) => ({ code: ErrorCode.PlatformError, data: { ok: false, error } });

describe('why Slack gave no usable answer', () => {
  test.each(['invalid_auth', 'token_revoked', 'account_inactive', 'not_allowed_token_type'])(
    '%s: the token is refused, and a person has to mend it',
    (word) => {
      const problem = slackProblem('SLACK_BOT_TOKEN', refusal(word));
      expect(problem.code).toBe('slack-token-refused');
      expect(problem.problem).toBe(`SLACK_BOT_TOKEN: Slack refuses it (${word}).`);
      expect(problem.advice).toMatch(/^[A-Z].*\.$/);
      expect(needsAPerson(problem)).toBe(true);
    },
  );

  test('a scope is missing: which one an app token needs', () => {
    const problem = slackProblem('SLACK_APP_TOKEN', refusal('missing_scope'));
    expect(problem.code).toBe('slack-scope-missing');
    expect(problem.problem).toContain('connections:write');
    expect(needsAPerson(problem)).toBe(true);
  });

  test('Slack is busy, unwell or away: that passes by itself', () => {
    const limited = slackProblem('SLACK_BOT_TOKEN', { code: ErrorCode.RateLimitedError, retryAfter: 30 });
    const unwell = slackProblem('SLACK_BOT_TOKEN', refusal('internal_error'));
    const away = slackProblem('SLACK_BOT_TOKEN', { cause: { code: 'ECONNREFUSED' } });
    expect([limited, unwell, away].map(({ code }) => code)).toEqual([
      'slack-rate-limited',
      'slack-unreachable',
      'slack-unreachable',
    ]);
    expect(away.problem).toContain('ECONNREFUSED');
    expect([limited, unwell, away].some(needsAPerson)).toBe(false);
  });
});
