import { describe, expect, test } from '@jest/globals';
import { date } from '../../../src/render/blocks/text.ts';
import { changeReply } from '../../../src/render/notification/change-reply.ts';
import { aTask, HOUR, MINUTE, NOON } from '../../core/tasks.ts';
import { CALLS, type ChangeContent, changeOf, MENTIONS } from '../samples.ts';
import { readable } from '../sound.ts';

const AT_ONCE = { doubtful: false, held: null };
const task = aTask({ status: 'failed', stopTime: NOON });
const reply = (changes: Partial<ChangeContent> = {}) => changeReply(task, changeOf(task, changes), AT_ONCE);

describe('a reply', () => {
  test('says what happened, how the counters stood and how long it ran', () => {
    const text = readable(reply());
    expect(text).toContain(':red_circle: *failed*');
    expect(text).toContain('0 of 100 devices done (0 %)');
    expect(text).toContain('ran 1 h');
    expect(text).toContain('2024-03-11 12:00 UTC');
    expect(reply().text).toBe('Firmware upgrade: failed (op-1), 2024-03-11 12:00 UTC.');
  });

  test('says how late it is told only where that matters', () => {
    expect(readable(reply({ noticedAt: NOON + 5 * MINUTE }))).not.toContain('later');
    expect(readable(reply({ noticedAt: NOON + 2 * HOUR }))).toContain('told 2 h later');
  });

  test('speaks of a task that is no longer known', () => {
    const content = changeOf(task, { change: 'vanished' });
    expect(changeReply(null, content, AT_ONCE).text).toContain('Upgrade task: vanished');
  });

  test('says since when no device moved', () => {
    const movedAt = NOON - 6 * HOUR;
    expect(readable(reply({ change: 'resumed', movedAt }))).toContain('no device had moved for 6 h');
    expect(readable(reply({ change: 'stalled', movedAt }))).toContain(
      `no device moved since ${date(movedAt)}`,
    );
    expect(readable(reply({ change: 'failing', movedAt }))).not.toContain('no device moved');
  });

  test('says what was held back before it', () => {
    expect(readable(reply({ earlier: ['failing'] }))).toContain('*begins to fail, then failed*');
    expect(reply({ earlier: ['failed', 'recovered', 'stalled'] }).text).toContain(
      'failed, recovered, stalled, then failed',
    );
    const often = Array.from({ length: 20 }, () => ['failed', 'recovered'] as const).flat();
    expect(readable(reply({ earlier: often }))).toContain(
      '*37 earlier changes, recovered, failed, recovered, then failed*',
    );
  });

  test('says why it comes late', () => {
    const held = changeReply(task, changeOf(task), { doubtful: true, held: 'muted' });
    expect(readable(held)).toMatch(/Held while muted\.\n.*Possibly repeated/);
  });

  test('calls first whom it is to call', () => {
    const { text, blocks } = reply({ mentions: MENTIONS });
    expect(text).toMatch(new RegExp(`^${CALLS.join(' ').replace('^', '\\^')} Firmware upgrade`));
    expect(JSON.stringify(blocks[0])).toContain(`"text":"${CALLS.join(' ')}\\n:red_circle:`);
  });

  test('says that the task ended suspiciously fast, but not of other changes', () => {
    const fast = { status: 'succeeded', startTime: NOON - 5_000 } as const;
    expect(readable(reply({ ...fast, change: 'succeeded' }))).toContain('Ended after 5 s, suspiciously fast');
    expect(reply({ ...fast, change: 'succeeded' }).text).toContain('suspiciously fast');
    expect(readable(reply({ ...fast, change: 'started' }))).not.toContain('suspiciously');
  });
});
