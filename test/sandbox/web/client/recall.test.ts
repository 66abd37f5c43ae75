import { describe, expect, test } from '@jest/globals';
import { afterSending, goBack, goOn, NOTHING_SENT } from '../../../../sandbox/web/client/state/recall.ts';

describe('lines that were sent', () => {
  const sent = ['one', 'two', 'two'].reduce(afterSending, NOTHING_SENT);

  test('come back newest first, each once, and end at the first', () => {
    const two = goBack(sent, 'draft');
    expect(two?.text).toBe('two');
    const one = two && goBack(two.recall, two.text);
    expect(one?.text).toBe('one');
    expect(one && goBack(one.recall, one.text)).toBeNull();
  });

  test('going on ends at what was being typed', () => {
    const two = goBack(sent, 'draft');
    const back = two && goOn(two.recall);
    expect(back?.text).toBe('draft');
    expect(back && goOn(back.recall)).toBeNull();
    expect(goOn(sent)).toBeNull();
  });

  test('sending forgets where one was', () => {
    const two = goBack(sent, '');
    expect(afterSending(two?.recall ?? sent, 'three')).toEqual({
      lines: ['one', 'two', 'three'],
      at: 3,
      draft: '',
    });
  });
});
