import { describe, expect, test } from '@jest/globals';
import { readProxy } from '../../src/config/read-proxy.ts';

const ELSEWHERE = 'https://iot.example:8743';

function read(env: Readonly<Record<string, string>>, addresses: readonly string[] = [ELSEWHERE]) {
  const problems: string[] = [];
  return { proxy: readProxy(env, addresses, problems), problems };
}

const LOOPBACK = 'localhost,127.0.0.1,[::1]';

describe('the proxies of the environment', () => {
  test.each([
    ['none', {}, null],
    ['an empty one', { HTTPS_PROXY: '', NO_PROXY: 'x' }, null],
    [
      'one for HTTPS',
      { HTTPS_PROXY: 'http://proxy.example:3128' },
      { http: '', https: 'http://proxy.example:3128/', except: LOOPBACK },
    ],
    [
      'one for each, with hosts to be left out',
      { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'https://b:2', NO_PROXY: '.example.com, 10.0.0.1' },
      { http: 'http://a:1/', https: 'https://b:2/', except: `.example.com,10.0.0.1,${LOOPBACK}` },
    ],
    [
      'small letters first',
      { https_proxy: 'http://small:1', HTTPS_PROXY: 'http://BIG:1', no_proxy: 'a', NO_PROXY: 'b' },
      { http: '', https: 'http://small:1/', except: `a,${LOOPBACK}` },
    ],
    [
      'without a scheme, as curl takes it',
      { HTTPS_PROXY: 'proxy.example:3128' },
      { http: '', https: 'http://proxy.example:3128/', except: LOOPBACK },
    ],
    ['no host goes through it', { HTTPS_PROXY: 'http://proxy.example', NO_PROXY: '*' }, null],
  ] as const)('%s', (_what, env, proxy) => {
    expect(read(env)).toEqual({ proxy, problems: [] });
  });

  test('what runs on this machine is reached without one elsewhere, under whatever loopback name', () => {
    const env = { HTTP_PROXY: 'http://proxy.example:3128' };
    const { proxy } = read(env, ['http://127.0.0.9:8080', ELSEWHERE]);
    expect(proxy?.except).toBe(`${LOOPBACK},127.0.0.9`);
  });

  test('a proxy on this machine leads everywhere', () => {
    const { proxy } = read({ HTTP_PROXY: 'http://127.0.0.1:3128' }, ['http://127.0.0.1:8080']);
    expect(proxy?.except).toBe('');
  });

  test.each(['http://', 'socks5://proxy.example', ':', 'http:// proxy'])('%s is no proxy', (address) => {
    expect(read({ HTTPS_PROXY: address })).toEqual({
      proxy: null,
      problems: ['HTTPS_PROXY must be the address of a proxy, such as `http://proxy.example:3128`'],
    });
  });
});
