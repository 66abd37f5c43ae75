import { describe, expect } from '@jest/globals';
import type { Seen } from './harness/claims.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';

const HOSTILE =
  '<!channel> <@U000000001> <https://evil.example|free> *b* _i_ ~s~ `c` &lt;!here&gt; @everyone\n> quote \u202e';

/** Every text that Slack would format, as sent; links of its own making are switched off in each. */
function formatted(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(formatted);
  if (typeof value !== 'object' || value === null) return [];
  const type: unknown = Reflect.get(value, 'type');
  if (type !== 'mrkdwn') return Object.values(value).flatMap(formatted);
  expect(value).toMatchObject({ verbatim: true });
  return [String(Reflect.get(value, 'text'))];
}

/** Nothing but Slack's dates and our own bold and code may be read as formatting. */
function expectHarmless({ post }: Seen): void {
  for (const text of [post.text, ...formatted(post.blocks)]) {
    const own = text.replaceAll(/<!date\^[^<>]*>/g, '').replaceAll(/`[^`]*`/g, '');
    expect(own).not.toMatch(/[<>\u202e]/);
    expect(own).not.toMatch(/[*_~`](b|i|s|c)[*_~`]/);
    expect(text).not.toMatch(/<(?!!date)/);
  }
}

function addHostileTask(s: Story): void {
  s.fleet.addTask({
    operationId: 'op-1',
    type: HOSTILE,
    status: 'processing',
    targets: { deviceGroups: [HOSTILE], deviceType: HOSTILE, model: HOSTILE, manufacturerName: HOSTILE },
    policy: { executeType: HOSTILE },
    extendPara: { [HOSTILE]: HOSTILE },
    tally: { total: 20, processing: 20 },
    reasons: [HOSTILE],
  });
}

describe('text from the platform is shown as it is and does nothing', () => {
  story('in answers', async (s) => {
    addHostileTask(s);
    s.fleet.addDevice({
      deviceId: 'dev-1',
      name: HOSTILE,
      status: HOSTILE,
      statusDetail: HOSTILE,
      fwVersion: HOSTILE,
      model: HOSTILE,
      batteryLevel: HOSTILE,
    });
    s.fleet.addTask({ operationId: 'op-odd', status: HOSTILE });
    await s.start();
    s.fleet.finishDevices('op-1', { success: 1, fail: 2 });
    for (const line of [
      '',
      'running',
      'page:1',
      'op-1',
      'op-odd',
      'dev-1',
      `model:"${HOSTILE.split('\n')[0]}"`,
    ]) {
      const answer = await s.people.ask('ana', line.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
      expectHarmless(answer);
    }
    const detail = await s.people.ask('ana', 'op-1');
    expect(detail.text).toContain('<!channel>');
    expect(detail.text).toContain('evil.example');
  });

  story('in error texts of the platform', async (s) => {
    await s.startAnyhow({}, 'web');
    for (const shape of ['a', 'b'] as const) {
      const fault = { kind: 'status', status: 400, code: HOSTILE, text: HOSTILE, shape } as const;
      s.platform.faults.add(fault, { call: 'listTasks' });
      const { text, to, post } = await s.people.ask('ana', 'failed');
      expect(to).toBe('ana');
      expect(text).toContain('refused the call');
      expectHarmless({ text, post });
    }
  });

  story('in notifications, their replies and edits', async (s) => {
    addHostileTask(s);
    await s.start(alertsTo(s));
    await s.told({ says: ['I watch 1'] });
    s.fleet.finishDevices('op-1', { success: 8, fail: 3 });
    await s.poll();
    const root = await s.told({ kind: 'post', thread: null, says: ['begins to fail'] });
    expectHarmless(root);
    s.fleet.change('op-1', { status: HOSTILE });
    await s.poll();
    const ended = { kind: 'post', thread: root.post.ts, says: ['ended as “<!channel>'] } as const;
    expectHarmless(await s.told(ended));
    expectHarmless(await s.edited(root, [':grey_question: *ended as “<!channel>']));
    s.fleet.change('op-1', { status: 'processing' });
    s.fleet.finishDevices('op-1', { fail: 9 });
    await s.poll();
    expectHarmless(await s.told({ kind: 'post', thread: root.post.ts, says: ['failed'] }));
    expectHarmless(await s.edited(root, ['20 of 20']));
  });
});
