import { expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { zoneOf } from '../../../src/slack/answer/zone-of.ts';

const log = pino({ level: 'silent' });

/** A client whose `users.info` says this. */
function saying(body: unknown): WebClient {
  return new WebClient('xoxb-test', {
    retryConfig: { retries: 0 },
    fetch: async () => new Response(JSON.stringify(body)),
  });
}

test.each([
  // Both names of one zone: Slack uses the first, the runtime lists the second.
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['Mars/Olympus', 'UTC'],
  ['', 'UTC'],
])('the zone %j is read as %s', async (tz, zone) => {
  const client = saying({ ok: true, user: { tz } });
  expect(await zoneOf({ userId: 'U1', client }, log)).toBe(zone);
});

test('where Slack does not say, it is UTC', async () => {
  const client = saying({ ok: false, error: 'missing_scope' });
  expect(await zoneOf({ userId: 'U1', client }, log)).toBe('UTC');
});
