import { describe, expect } from '@jest/globals';
import { story } from './harness/story.ts';

describe('people make mistakes, and want help', () => {
  story(
    'a typing error is named with what was probably meant, and asks nothing of the platform',
    async (s) => {
      s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
      await s.start();
      const before = s.platform.calls.length;
      const mistakes: readonly (readonly [string, string])[] = [
        ['faild', 'failed'],
        ['firmwear', 'firmware'],
        ['modle:WM20', 'model:WM20'],
        ['failed stauts:wait', 'status:wait'],
        ['failed page:0', 'page:1'],
        ['size:101', 'size:10'],
        ['status:faled', 'status:failed'],
        ['helpp', 'help'],
      ];
      for (const [line, meant] of mistakes) {
        const { text, to } = await s.people.ask('wei', line);
        expect(to).toBe('wei');
        expect(text).toContain(`Did you mean \`${meant}\`?`);
        expect(text).toContain('Nothing was asked of the platform');
      }
      expect(s.platform.calls).toHaveLength(before);
    },
  );

  story('odd lines are answered as text that does nothing in Slack', async (s) => {
    await s.start();
    const before = s.platform.calls.length;
    for (const line of [
      '&lt;!channel&gt;',
      '<!here>',
      '<@U000000001|ana> failed',
      '../../etc',
      'fail&gt;500%',
      '`*_~ &amp;&lt;script&gt;',
      '"unclosed',
      'x'.repeat(3_000),
      '😀',
      'failed running',
    ]) {
      const { to, post } = await s.people.ask('wei', line);
      expect(to).toBe('wei');
      expect(JSON.stringify(post)).not.toMatch(/<[!@#]/);
    }
    expect(s.platform.calls).toHaveLength(before);
  });

  story('help shows every word, to the asker alone', async (s) => {
    await s.start();
    for (const line of ['help', 'HELP', '?']) {
      const { text, to } = await s.people.ask('ana', line);
      expect(to).toBe('ana');
      for (const word of ['failed', 'model:', 'since:', 'fail>5%', 'page:', 'private', 'health'])
        expect(text).toContain(word);
    }
  });

  story('health says how well the bot sees', async (s) => {
    s.fleet.addTask({ status: 'processing' });
    await s.start();
    const { text, to } = await s.people.ask('ana', 'health');
    expect(to).toBe('ana');
    expect(text).toContain('Watching');
    expect(text).toMatch(/Tasks in the mirror\*?\n1/);
    expect(text).toMatch(/\d+ of 100 in the last minute/);
  });

  story('the answer to a command is acknowledged at once while the platform hangs', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    s.platform.faults.add({ kind: 'hang' }, { times: 'until-cleared' });
    const { ack, text, to } = await s.people.ask('ana', 'failed');
    expect(ack.status).toBe(200);
    expect(to).toBe('everyone');
    expect(text).toContain('has not answered within 2 s');
    expect(text).toContain('op-1');
    expect(text).toContain('as of 20');
    s.platform.faults.clear();
  });

  story('fifty people at once are all acknowledged and answered', async (s) => {
    s.fleet.addTask({ operationId: 'op-1', status: 'failed' });
    await s.start();
    // Different questions, since there are not so many people here.
    const asked = Array.from({ length: 50 }, (_, index) =>
      s.people.command({ user: 'wei', channel: 'iot-ops', text: `failed size:${index + 1}` }),
    );
    const acks = await Promise.all(asked);
    expect(acks.map(({ status }) => status)).toEqual(acks.map(() => 200));
    for (const _ of acks) expect((await s.told({ kind: 'response' })).text).toContain('op-1');
  });
});
