import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultKind } from '../../../sandbox/workspace/faults.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { readSlackFailure } from '../../../src/slack/out/slack-failure.ts';
import { slackClient } from '../../notify/slack-client.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await startWorkspace({ postRate: 'off' });
});
afterAll(() => workspace.close());

async function failureOf(options: { fault?: FaultKind; apiUrl?: string; timeout?: number } = {}) {
  const client = slackClient(options.apiUrl ?? workspace.apiUrl, workspace.botToken, options.timeout);
  if (options.fault) workspace.fault({ ...options.fault, method: 'chat.postMessage' });
  try {
    await client.chat.postMessage({ channel: workspace.channelInfo('iot-ops').id, text: 'x' });
  } catch (error) {
    return readSlackFailure(error);
  } finally {
    workspace.clearFaults();
  }
  throw new Error('the call did not fail');
}

describe('an answer of Slack that says no', () => {
  test.each([
    ['channel_not_found', 'refused', 'channel'],
    ['is_archived', 'refused', 'channel'],
    ['not_in_channel', 'refused', 'channel'],
    ['restricted_action', 'refused', 'channel'],
    ['restricted_action_read_only_channel', 'refused', 'channel'],
    ['invalid_blocks', 'refused', 'form'],
    ['msg_too_long', 'refused', 'form'],
    ['no_text', 'refused', 'form'],
    ['metadata_too_large', 'refused', 'form'],
    ['message_not_found', 'refused', 'gone'],
    ['thread_not_found', 'refused', 'gone'],
    ['cannot_reply_to_message', 'refused', 'gone'],
    ['edit_window_closed', 'refused', 'closed'],
    ['invalid_auth', 'wait', 'token'],
    ['token_revoked', 'wait', 'token'],
    ['missing_scope', 'wait', 'token'],
    ['account_inactive', 'wait', 'token'],
    ['internal_error', 'ambiguous', 'network'],
    ['fatal_error', 'ambiguous', 'network'],
    ['service_unavailable', 'ambiguous', 'network'],
    ['a_word_of_tomorrow', 'ambiguous', 'network'],
  ])('%s is %s, about the %s', async (error, repeat, about) => {
    expect(await failureOf({ fault: { kind: 'error', error } })).toMatchObject({
      ...{ repeat, about, reason: error, word: error, retryAfter: null },
    });
  });

  test.each(['ratelimited', 'message_limit_exceeded'])('%s is to be waited for', async (error) => {
    expect(await failureOf({ fault: { kind: 'error', error } })).toMatchObject({
      ...{ repeat: 'wait', about: 'limit' },
    });
  });

  test('a 429 is to be waited for as long as Slack says', async () => {
    expect(await failureOf({ fault: { kind: 'rate-limit', retryAfter: 7 } })).toMatchObject({
      ...{ repeat: 'wait', about: 'limit', reason: 'ratelimited', retryAfter: 7_000 },
    });
  });
});

describe('an answer that did not come', () => {
  test.each([500, 502, 503])('HTTP %i may hide a message that was posted', async (status) => {
    expect(await failureOf({ fault: { kind: 'status', status } })).toMatchObject({
      ...{ repeat: 'ambiguous', about: 'network', reason: `http_${status}` },
    });
  });

  test.each(['lost-answer', 'reset-before'] as const)(
    'a cut connection (%s) leaves open what happened',
    async (kind) => {
      expect(await failureOf({ fault: { kind } })).toMatchObject({ repeat: 'ambiguous', about: 'network' });
    },
  );

  test('a time-out leaves open what happened', async () => {
    expect(await failureOf({ fault: { kind: 'hang' }, timeout: 50 })).toMatchObject({
      ...{ repeat: 'ambiguous', about: 'network' },
    });
  });

  test('a refused connection is proof that nothing was sent', async () => {
    const gone = await startWorkspace();
    const { apiUrl } = gone;
    await gone.close();
    expect(await failureOf({ apiUrl })).toMatchObject({ repeat: 'never-sent', reason: 'ECONNREFUSED' });
  });

  test('a name that leads nowhere is proof that nothing was sent', async () => {
    const failure = await failureOf({ apiUrl: 'http://slack.invalid/api/' });
    expect(failure.repeat).toBe('never-sent');
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(failure.reason);
  });
});

test('an error that is none of Slack’s counts as ambiguous', () => {
  expect(readSlackFailure(new Error('what?'))).toMatchObject({
    repeat: 'ambiguous',
    reason: 'unknown_error',
  });
  expect(readSlackFailure('no error at all')).toMatchObject({ repeat: 'ambiguous' });
});
