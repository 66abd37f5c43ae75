import { describe, expect } from '@jest/globals';
import type { LogLine } from './harness/log-watch.ts';
import { type Story, story } from './harness/story.ts';

const answered = (s: Story) => s.log.lines.filter(({ msg }) => msg === 'answered' || msg === 'not answered');
const of = (s: Story, { correlation }: LogLine) =>
  s.log.lines.filter((line) => line.correlation === correlation);
const ID = expect.stringMatching(/^[\da-f]{8}$/);

describe('the log names everything a person does and every cycle', () => {
  story('a question leaves one line, and its calls carry the same id', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    await s.people.press('wei', list, { label: 'Refresh' });
    await s.log.until(({ listener, outcome }) => listener === 'action' && outcome !== undefined, 'the press');
    const [asked, pressed, ...more] = answered(s);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      ...{ level: 'info', listener: 'command', question: 'list', outcome: 'answered', correlation: ID },
      ...{ milliseconds: expect.any(Number), user: s.workspace.person('ana').id },
    });
    expect(pressed).toMatchObject({ listener: 'action', outcome: 'answered', correlation: ID });
    if (!asked || !pressed) throw new Error('nothing was logged');
    expect(asked.correlation).not.toBe(pressed.correlation);
    // Whether others read the channel is asked beside the question, and ends when it ends.
    const [looks, lines] = [
      of(s, asked).filter(({ method }) => method === 'conversations.info'),
      of(s, asked).filter(({ method }) => method !== 'conversations.info'),
    ];
    expect(looks).toEqual([expect.objectContaining({ msg: 'slack call', level: 'debug' })]);
    expect(lines).toEqual([
      expect.objectContaining({ msg: 'platform call', level: 'debug', call: 'listTasks', outcome: 'ok' }),
      expect.objectContaining({ msg: 'slack call', level: 'debug', method: 'response_url' }),
      expect.objectContaining({ msg: 'answered' }),
    ]);
    // What was typed is nobody's business.
    expect(JSON.stringify(asked)).not.toContain('failed');
  });

  story('a form sent back and a window are questions as well', async (s) => {
    await s.start();
    await s.workspace.shortcut({ user: 'ana', callbackId: 'look_up_device' });
    await s.workspace.until(({ modal }) => modal('ana'));
    await s.workspace.submitView({ user: 'ana', values: { look_up_id: '../secret' } });
    await s.log.until(({ outcome }) => outcome === 'sent-back', 'that the form was sent back');
    expect(answered(s)).toEqual([
      expect.objectContaining({ listener: 'shortcut', outcome: 'shown', correlation: ID }),
      expect.objectContaining({ listener: 'view', outcome: 'sent-back', correlation: ID }),
    ]);
  });

  story('a person who is told of an error is told the id that the log has', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    const list = await s.people.ask('ana', 'failed');
    s.workspace.fault({ method: 'views.open', kind: 'error', error: 'internal_error' });
    s.log.expect(/"not answered"/);
    const { text } = await s.people.press('ana', list, { label: 'Filter…' });
    const id = /look for ([\da-f]{8}) in its log/.exec(text)?.[1];
    expect(answered(s).slice(1)).toEqual([
      expect.objectContaining({ level: 'error', outcome: 'failed', correlation: id, listener: 'action' }),
    ]);
    expect((await s.page('/metrics')).body).toMatch(
      /^upgrades_answers_total\{listener="action",outcome="failed"\} 1$/m,
    );
  });

  story('a cycle leaves one line with its figures, and its calls carry its id', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'processing' });
    await s.start();
    const cycle = s.log.lines.find(({ msg }) => msg === 'cycle');
    expect(cycle).toMatchObject({
      ...{ level: 'info', outcome: 'good', correlation: ID, seconds: expect.any(Number) },
      ...{
        calls: expect.any(Number),
        active: 1,
        changed: expect.any(Number),
        notifications: expect.any(Number),
      },
    });
    if (!cycle) throw new Error('nothing was logged');
    const calls = of(s, cycle).filter(({ msg }) => msg === 'platform call');
    expect(calls.map(({ call }) => call)).toEqual(expect.arrayContaining(['login', 'listTasks']));
  });
});
