import { describe, expect, test } from '@jest/globals';
import type { Act } from '../../../sandbox/web/contract.ts';
import { readAct } from '../../../sandbox/web/server/acts/read-act.ts';

const GOOD: readonly Act[] = [
  { act: 'command', user: 'U1', channel: 'C1', text: 'failed' },
  { act: 'press', user: 'U1', channel: 'C1', messageTs: '1.2', actionId: 'next', selected: ['a', 'b'] },
  { act: 'press', user: 'U1', ephemeralId: '1.2', label: 'Next', value: '' },
  { act: 'press-in-view', user: 'U1', viewId: 'V1', actionId: 'a', values: { field: 'x', many: ['y'] } },
  { act: 'submit-view', user: 'U1', viewId: 'V1', values: {} },
  { act: 'close-view', user: 'U1' },
  { act: 'say', user: 'U1', channel: 'C1', text: 'hello', mention: false, threadTs: '1.2' },
  { act: 'shortcut', user: 'U1', callbackId: 'look_up_device' },
  { act: 'message-shortcut', user: 'U1', callbackId: 'find_ids', channel: 'C1', messageTs: '1.2' },
  { act: 'open-home', user: 'U1' },
  { act: 'control', control: { kind: 'speed', speed: 60 } },
  { act: 'control', control: { kind: 'task', operationId: 'op-1', does: 'fail-devices' } },
  { act: 'control', control: { kind: 'slack', state: 'loses-next-answer' } },
];

describe('reading an act', () => {
  test.each(GOOD.map((act) => [act.act, act] as const))('%s comes as it was sent', (_name, act) => {
    expect(readAct(JSON.stringify(act))).toEqual({ act });
  });

  test('a forged signature is left out', () => {
    const read = readAct(JSON.stringify({ ...GOOD[0], signature: 'wrong' }));
    expect(read).toEqual({ act: GOOD[0] });
  });

  test.each([
    ['no JSON', '{', 'This is not JSON.'],
    ['an unknown act', '{"act":"dance"}', /^This is no act of the page: act: /],
    ['a missing member', '{"act":"command","user":"U1"}', /: channel: /],
    ['a speed backwards', '{"act":"control","control":{"kind":"speed","speed":-1}}', /control\.speed/],
    [
      'too much said',
      JSON.stringify({ act: 'say', user: 'U1', channel: 'C1', text: 'x'.repeat(12_001) }),
      /: text: /,
    ],
  ])('%s is a sentence', (_name, body, sentence) => {
    const read = readAct(body);
    expect('problem' in read ? read.problem : '').toMatch(sentence);
  });
});
