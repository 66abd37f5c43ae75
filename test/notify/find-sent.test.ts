import { expect, test } from '@jest/globals';
import { notInstalled, renewalRefused, renewalUnanswered } from '../../src/core/workspace-error.ts';
import { findSent } from '../../src/notify/find-sent.ts';

const WANTED = { id: 'n-1', channel: 'C1', threadTs: null, attemptedAt: 0 };

test.each([
  ['Slack did not renew the token just now', renewalUnanswered('T1'), 'no-answer'],
  ['Slack refuses to renew the token', renewalRefused('T1', 'invalid_refresh_token'), 'no-answer'],
  ['the workspace removed the app', notInstalled('T1'), 'unreadable'],
])('%s: whether a notice arrived is %s', async (_case, error, outcome) => {
  const found = await findSent(async () => Promise.reject(error), WANTED);
  expect(found).toMatchObject({ kind: outcome });
});
