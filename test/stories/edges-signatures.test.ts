import { createHmac } from 'node:crypto';
import { describe, expect } from '@jest/globals';
import type { Story } from './harness/story.ts';
import { story } from './harness/story.ts';

const BODY = 'command=%2Fupgrades&text=failed&user_id=U1&team_id=T1&channel_id=C1';

/** A request as anybody could make it who knows the address, with these headers. */
async function post(s: Story, headers: Readonly<Record<string, string>>, body = BODY): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${s.bot.port}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  return answer.status;
}

/** The headers of a request signed so many seconds from now. */
function signed(s: Story, seconds: number, body = BODY): Readonly<Record<string, string>> {
  const at = Math.floor(Date.now() / 1_000) + seconds;
  const digest = createHmac('sha256', s.workspace.signingSecret).update(`v0:${at}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${digest}` };
}

/** Expects that nothing was asked of the platform or said in Slack meanwhile. */
async function nothingHappens(s: Story, what: () => Promise<void>): Promise<void> {
  // The call that brought the last answer is written down after the answer is there.
  await s.silence();
  const [asked, called] = [s.platform.calls.length, s.workspace.apiCalls.length];
  await what();
  await s.silence();
  expect(s.platform.calls).toHaveLength(asked);
  expect(s.workspace.apiCalls).toHaveLength(called);
}

describe('requests that do not come from Slack', () => {
  for (const signature of ['wrong', 'stale', 'future', 'none'] as const) {
    story(`signature ${signature}: commands, presses and events get 401, and nothing happens`, async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      const list = await s.people.ask('ana', 'failed');
      const command = { user: 'ana', channel: 'iot-ops', text: 'failed', signature };
      const press = { user: 'ana', channel: 'iot-ops', messageTs: list.post.ts, label: 'Refresh', signature };
      await nothingHappens(s, async () => {
        expect((await s.people.command(command)).status).toBe(401);
        expect((await s.workspace.press(press)).status).toBe(401);
        expect((await s.workspace.mention(command)).status).toBe(401);
      });
    });
  }

  story('the time in a signature may differ by five minutes either way', async (s) => {
    await s.start();
    for (const seconds of [-290, 0, 290]) {
      // Signed well; who it names is nobody's member, so that it is refused by the bot and not at the door.
      expect(await post(s, signed(s, seconds))).toBe(200);
    }
    await nothingHappens(s, async () => {
      for (const seconds of [-310, 310, 1e9]) expect(await post(s, signed(s, seconds))).toBe(401);
    });
    expect(s.log.lines).toContainEqual(expect.objectContaining({ reason: 'future-timestamp' }));
  });

  story('headers that are missing, half there or no numbers: 401', async (s) => {
    await s.start();
    const good = signed(s, 0);
    const signature = { 'x-slack-signature': good['x-slack-signature'] ?? '' };
    const timestamp = { 'x-slack-request-timestamp': good['x-slack-request-timestamp'] ?? '' };
    await nothingHappens(s, async () => {
      for (const headers of [
        {},
        signature,
        timestamp,
        { ...good, 'x-slack-request-timestamp': 'now' },
        { ...good, 'x-slack-request-timestamp': 'Infinity' },
        { ...good, 'x-slack-signature': 'v0=' },
        { ...good, 'x-slack-signature': `v1=${'0'.repeat(64)}` },
      ]) {
        expect(await post(s, headers)).toBe(401);
      }
      expect(await post(s, good, `${BODY}&text=subscribe`)).toBe(401);
    });
  });

  story('no signature, and bodies that are none', async (s) => {
    await s.start();
    const address = `http://127.0.0.1:${s.bot.port}/slack/events`;
    for (const body of ['', '{', 'payload=%7B', '\u0000', 'command=/upgrades&text=failed']) {
      const answer = await fetch(address, { method: 'POST', body });
      expect([400, 401]).toContain(answer.status);
    }
    expect((await fetch(address)).status).toBeGreaterThanOrEqual(400);
    expect((await s.page('/nowhere')).status).toBe(404);
  });

  story(
    'a request of Slack that comes again is taken again: within its five minutes that is Slack’s wish',
    async (s) => {
      await s.start();
      const headers = signed(s, 0);
      expect(await post(s, headers)).toBe(200);
      // Bolt keeps no list of what it saw. Events are told apart by their id; a repeated command or press asks once more.
      expect(await post(s, headers)).toBe(200);
    },
  );
});
