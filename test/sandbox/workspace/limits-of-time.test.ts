import { describe, expect, test } from '@jest/globals';
import { Rates } from '../../../sandbox/workspace/api/rates.ts';
import { ResponseUrls } from '../../../sandbox/workspace/api/response-urls.ts';
import { Triggers } from '../../../sandbox/workspace/people/triggers.ts';

function clock() {
  let time = 1_700_000_000_000;
  return {
    now: () => time,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

describe('one post a second and channel', () => {
  test('a second post within the second has to wait, another channel does not', () => {
    const rates = new Rates({ perSecond: 1, burst: 1 });
    expect(rates.take('C1', 0)).toBeNull();
    expect(rates.take('C1', 500)).toBe(1);
    expect(rates.take('C2', 500)).toBeNull();
    expect(rates.take('C1', 1000)).toBeNull();
  });

  test('a burst is taken at once and then paid for', () => {
    const rates = new Rates({ perSecond: 1, burst: 3 });
    expect([0, 1, 2, 3].map((at) => rates.take('C1', at))).toEqual([null, null, null, 1]);
    expect(rates.take('C1', 1003)).toBeNull();
  });

  test('switched off it never refuses', () => {
    const rates = new Rates('off');
    expect([0, 0, 0].map((at) => rates.take('C1', at))).toEqual([null, null, null]);
  });
});

describe('trigger ids', () => {
  test('are exchanged once', () => {
    const triggers = new Triggers(clock().now);
    const id = triggers.create('U1');
    expect(triggers.exchange(id)).toMatchObject({ user: 'U1' });
    expect(triggers.exchange(id)).toBe('exchanged_trigger_id');
    expect(triggers.exchange('made up')).toBe('invalid_trigger_id');
  });

  test('expire after three seconds', () => {
    const time = clock();
    const triggers = new Triggers(time.now);
    const id = triggers.create('U1');
    time.pass(3000);
    expect(triggers.exchange(id)).toBe('expired_trigger_id');
  });
});

describe('response_urls', () => {
  const place = { channel: 'C1', user: 'U1', source: null, threadTs: null };

  test('work five times', () => {
    const urls = new ResponseUrls(clock().now);
    const id = urls.create(place);
    expect(Array.from({ length: 6 }, () => urls.use(id)).map((one) => typeof one)).toEqual([
      ...Array(5).fill('object'),
      'string',
    ]);
    expect(urls.use(id)).toBe('used_url');
  });

  test('expire after thirty minutes', () => {
    const time = clock();
    const urls = new ResponseUrls(time.now);
    const id = urls.create(place);
    time.pass(30 * 60 * 1000 + 1);
    expect(urls.use(id)).toBe('expired_url');
  });
});
