import { describe, expect, test } from '@jest/globals';
import { readLine } from '../../../../sandbox/web/client/state/read-line.ts';
import type { ShownChannel, ShownPerson } from '../../../../sandbox/web/contract.ts';

const ops: ShownChannel = { id: 'C1', name: 'iot-ops', kind: 'channel', botIsMember: true, archived: false };
const direct: ShownChannel = { ...ops, id: 'D1', name: 'upgrades', kind: 'direct' };
const ana: ShownPerson = {
  id: 'U1',
  name: 'ana',
  realName: 'Ana Ruiz',
  outsider: false,
  timeZone: 'UTC',
  team: 'Acme IoT',
};
const place = { me: 'U1', channel: ops, threadTs: null, people: [ana], channels: [ops, direct] };

describe('a typed line', () => {
  test('a command with its words, people and channels as ids', () => {
    expect(readLine(' /upgrades  failed fail>5% ', place)).toMatchObject({
      act: { act: 'command', user: 'U1', channel: 'C1', command: '/upgrades', text: 'failed fail>5%' },
    });
    expect(readLine('/upgrades subscribe mention:x @ana #iot-ops @nobody a@ana', place)).toMatchObject({
      act: { text: 'subscribe mention:x <@U1|ana> <#C1|iot-ops> @nobody a@ana' },
    });
    expect(readLine('/upgrades', place)).toMatchObject({ act: { text: '' } });
  });

  test('plain words call the bot only where they name it or are written to it', () => {
    expect(readLine('@upgrades failed', place)).toMatchObject({
      act: { act: 'say', text: '@upgrades failed', mention: true },
    });
    expect(readLine('good morning', place)).toMatchObject({ act: { act: 'say', mention: false } });
    const said = readLine('failed', { ...place, channel: direct });
    expect(said).toEqual({ kind: 'act', act: { act: 'say', user: 'U1', channel: 'D1', text: 'failed' } });
    expect(readLine('@upgrades help', { ...place, threadTs: '1.0' })).toMatchObject({
      act: { threadTs: '1.0' },
    });
  });

  test('what Slack does not take', () => {
    expect(readLine('  \n ', place).kind).toBe('empty');
    expect(readLine('/upgrade failed', place).kind).toBe('unknown-command');
    expect(readLine('/upgrades failed', { ...place, threadTs: '1.0' }).kind).toBe('command-in-thread');
  });
});
