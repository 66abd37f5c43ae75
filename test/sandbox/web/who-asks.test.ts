import { describe, expect, test } from '@jest/globals';
import { whoAsks } from '../../../sandbox/web/server/who-asks.ts';

const page = { host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', site: 'same-origin' };

describe('who asks the server of the page', () => {
  test.each([
    ['the page acts', page, 'acts', 'page'],
    [
      'the page under its other name',
      { ...page, host: 'localhost:4000', origin: 'http://localhost:4000' },
      'acts',
      'page',
    ],
    ['the address typed by hand', { host: page.host, origin: undefined, site: 'none' }, 'reads', 'page'],
    ['the events of the page', { host: page.host, origin: undefined, site: 'same-origin' }, 'reads', 'page'],
    [
      'a name that was rebound to this machine',
      { ...page, host: 'evil.example:4000' },
      'reads',
      'other-host',
    ],
    ['another port of this machine', { ...page, host: '127.0.0.1:4001' }, 'reads', 'other-host'],
    ['no host at all', { ...page, host: undefined }, 'acts', 'other-host'],
    [
      'a form of another site',
      { ...page, origin: 'https://evil.example', site: 'cross-site' },
      'acts',
      'other-site',
    ],
    [
      'another program on this machine',
      { ...page, origin: 'http://127.0.0.1:4001', site: 'same-site' },
      'acts',
      'other-site',
    ],
    ['an origin that hides', { ...page, origin: 'null' }, 'acts', 'other-site'],
    ['an act without an origin', { ...page, origin: undefined }, 'acts', 'other-site'],
    [
      'another site that shows the events',
      { host: page.host, origin: undefined, site: 'cross-site' },
      'reads',
      'other-site',
    ],
  ] as const)('%s', (_name, asking, does, who) => {
    expect(whoAsks(asking, 4000, does)).toBe(who);
  });
});
