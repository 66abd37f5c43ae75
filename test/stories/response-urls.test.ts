import { describe, expect } from '@jest/globals';
import { OPS } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const INSIDE = 'inside this bot';
const NOT_TAKEN = 'Only you see this: Slack did not take my answer where you asked.';

const usesOf = (s: Story) => s.workspace.apiCalls.filter(({ method }) => method === 'response_url');

/** Types a line without waiting for the answer. */
const type = (s: Story, user: string, text: string, channel = OPS) =>
  s.people.command({ user, channel, text });

describe('a response URL fails once', () => {
  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'rate-limit', retryAfter: 1 },
    { kind: 'reset-before' },
  ] as const) {
    story(`${fault.kind}: the answer comes all the same, once and in its place`, async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      s.workspace.fault({ method: 'response_url', ...fault });
      const { text, to } = await s.people.ask('ana', 'failed');
      expect(to).toBe('everyone');
      expect(text).toContain('op-1');
      await s.workspace.until(() => usesOf(s).length === 2, { what: 'the second use' });
    });
  }
});

describe('a response URL that cannot be used', () => {
  story('an answer for the channel goes to the asker alone, and says why', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 500, times: 2 });
    await type(s, 'ana', 'failed');
    const { text } = await s.told({ kind: 'ephemeral', in: OPS, to: 'ana', says: ['op-1', NOT_TAKEN] });
    expect(text).not.toContain(INSIDE);
    const line = await s.log.until(({ msg }) => msg.startsWith('a response URL failed'), 'why');
    expect(line).toMatchObject({ level: 'warn', reason: 'http_500' });
  });

  for (const [what, status] of [
    ['over', 404],
    ['gone', 410],
  ] as const) {
    story(`${what}: a press is answered for whoever pressed, and tried once only`, async (s) => {
      for (let n = 0; n < 12; n += 1) s.fleet.addTask({ status: 'failed' });
      await s.start();
      const list = await s.people.ask('ana', 'failed');
      s.workspace.fault({ method: 'response_url', kind: 'status', status });
      await s.people.pressOnly('wei', list, { label: 'Next ▶' });
      const page = await s.told({ kind: 'ephemeral', in: OPS, to: 'wei', says: ['11–12 of 12', NOT_TAKEN] });
      expect(usesOf(s)).toHaveLength(2);
      // Its buttons work as those of any answer do.
      expect((await s.people.press('wei', page, { label: '◀ Previous' })).text).toContain('1–10 of 12');
    });
  }

  story('that says nothing is given up after five seconds', async (s) => {
    await s.start();
    const hang = s.workspace.fault({ method: 'response_url', kind: 'hang' });
    const begun = performance.now();
    await type(s, 'ana', 'help');
    await s.told({ kind: 'ephemeral', in: OPS, to: 'ana', says: ['/upgrades'] });
    expect(performance.now() - begun).toBeGreaterThan(4_900);
    hang.clear();
  });

  story('where the bot is not in the channel, the answer comes in direct messages', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 500, times: 2 });
    await type(s, 'ana', 'failed', 'no-bot-here');
    const { post } = await s.told({ kind: 'post', says: ['op-1', NOT_TAKEN] });
    expect(post.channel).toBe((await s.workspace.directChannel('ana')).id);
  });

  story('in direct messages, where an ephemeral message is lost, it comes as a message', async (s) => {
    await s.start();
    const { id } = await s.workspace.directChannel('ana');
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 500, times: 2 });
    await type(s, 'ana', 'help', id);
    expect((await s.told({ kind: 'post', says: ['/upgrades'] })).post.channel).toBe(id);
  });

  story('somebody of another workspace is refused all the same', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'op-1');
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 500, times: 2 });
    await s.people.pressOnly('olga', list, { label: 'Details' });
    await s.told({ kind: 'ephemeral', to: 'olga', says: ['Only members of the workspace'] });
  });

  story('and no other way either: the log says so, and nobody is told of a bug', async (s) => {
    await s.start();
    s.workspace.fault({ method: 'response_url', kind: 'status', status: 500, times: 2 });
    s.workspace.fault({ method: 'chat.postEphemeral', kind: 'status', status: 503, times: 9 });
    s.log.expect(/Slack did not bring the answer to the person/);
    await type(s, 'ana', 'help');
    await s.log.until(({ outcome }) => outcome === 'undelivered', 'that it was not delivered');
    await s.silence();
    expect(s.workspace.posts.filter((post) => s.workspace.plainText(post).includes(INSIDE))).toEqual([]);
    s.workspace.clearFaults();
  });
});

describe('Slack refuses what a press needs', () => {
  story('the person reads that it was Slack, and what it said', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    s.workspace.fault({ method: 'views.open', kind: 'error', error: 'expired_trigger_id' });
    s.log.expect(/not answered/);
    const { text, to } = await s.people.press('ana', list, { label: 'Filter…' });
    expect(to).toBe('ana');
    expect(text).toContain('Slack refused a call that this needs (expired_trigger_id)');
    expect(text).not.toContain(INSIDE);
  });
});
