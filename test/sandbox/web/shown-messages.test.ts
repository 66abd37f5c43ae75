import { describe, expect, test } from '@jest/globals';
import { otherViolations } from '../../../sandbox/web/server/snapshot/refused-messages.ts';
import { shownMessages } from '../../../sandbox/web/server/snapshot/shown-messages.ts';
import type { Ephemeral, Message, Reply } from '../../../sandbox/workspace/types.ts';

const CONTENT = { text: 'hello', blocks: [], attachments: [], versions: [] };

function reply(ts: string, threadTs: string | null, more: Partial<Reply> = {}): Reply {
  const place = { ts, threadTs, channel: 'C1', user: 'UBOT' };
  return { ...CONTENT, ...place, broadcast: false, metadata: null, edits: 0, tombstone: false, ...more };
}

function root(ts: string, ...replies: Reply[]): Message {
  return { ...reply(ts, null), replies };
}

function ephemeral(id: string, more: Partial<Ephemeral> = {}): Ephemeral {
  const place = { id, at: 0, channel: 'C1', user: 'U1', threadTs: null, via: 'response_url' as const };
  return { ...CONTENT, ...place, replaced: 0, deleted: false, ...more };
}

const nothing = { channel: 'C1', roots: [], ephemerals: [], violations: [] };

describe('the messages one person sees', () => {
  test('replies and what only this person sees stand where their time puts them', () => {
    const roots = [
      root('1.000001', reply('4.000001', '1.000001', { broadcast: true, edits: 2 })),
      root('2.000001'),
    ];
    const shown = shownMessages({ ...nothing, roots, ephemerals: [ephemeral('3.900000')] }, 'U1', 'UBOT');
    expect(shown.map(({ ts }) => ts)).toEqual(['1.000001', '2.000001', '3.900000', '4.000001']);
    expect(shown[2]).toMatchObject({ onlyYou: true, author: 'UBOT' });
    expect(shown[3]).toMatchObject({ threadTs: '1.000001', broadcast: true, edited: true, onlyYou: false });
  });

  test('nobody sees what is for another, in another channel, or deleted', () => {
    const ephemerals = [
      ephemeral('1', { user: 'U2' }),
      ephemeral('2', { channel: 'C2' }),
      ephemeral('3', { deleted: true }),
    ];
    expect(shownMessages({ ...nothing, ephemerals }, 'U1', 'UBOT')).toEqual([]);
  });

  test('the last hundred stay, however many there were', () => {
    const roots = Array.from({ length: 250 }, (_, place) => root(`${1000 + place}.000001`));
    const shown = shownMessages({ ...nothing, roots }, 'U1', 'UBOT');
    expect(shown).toHaveLength(100);
    expect(shown.at(-1)?.ts).toBe('1249.000001');
  });

  test('what Slack would have refused is shown once, with everything that is wrong with it', () => {
    const refused = { ...CONTENT, channel: 'C1', user: null, threadTs: null };
    const at = 1_795_383_217_123;
    const violations = [
      { at, method: 'chat.postMessage', pointer: '/blocks', message: 'may hold 50 items', refused },
      { at, method: 'chat.postMessage', pointer: '/text', message: 'is too long', refused },
      {
        at,
        method: 'chat.postMessage',
        pointer: '/text',
        message: 'is too long',
        refused: { ...refused, user: 'U2' },
      },
      { at, method: 'views.open', pointer: '/title', message: 'may hold 24 characters', refused: null },
    ];
    const shown = shownMessages({ ...nothing, violations }, 'U1', 'UBOT');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      ts: '1795383217.123000',
      violations: ['chat.postMessage /blocks: may hold 50 items', 'chat.postMessage /text: is too long'],
    });
    expect(otherViolations(violations)).toEqual(['views.open /title: may hold 24 characters']);
  });
});
