import { request } from 'node:https';
import { describe, expect, test } from '@jest/globals';
import { makeAuthority } from '../../../sandbox/platform/index.ts';
import { platformWith } from './http-client.ts';

const authority = makeAuthority('Example private CA', Date.now());

/** The status of a call over HTTPS, or the code of its failure. */
function knock(url: string, options: object): Promise<number | string> {
  return new Promise((resolve) => {
    const call = request(`${url}/nothing`, { agent: false, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    call.end();
  });
}

describe('over HTTPS', () => {
  test('a private CA must be known', async () => {
    const platform = await platformWith({ tls: authority.issue('platform', ['127.0.0.1']) });
    expect(platform.url).toMatch(/^https:/);
    expect(await knock(platform.url, {})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(await knock(platform.url, { ca: authority.cert })).toBe(404);
  });

  test('a certificate for another name is seen by the client, which may expect that name', async () => {
    const platform = await platformWith({ tls: authority.issue('iot', ['iot.example']) });
    expect(await knock(platform.url, { ca: authority.cert })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await knock(platform.url, { ca: authority.cert, servername: 'iot.example' })).toBe(404);
  });

  test('a client certificate can be required', async () => {
    const server = authority.issue('platform', ['127.0.0.1']);
    const tls = { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const platform = await platformWith({ tls });
    expect(await knock(platform.url, { ca: authority.cert })).not.toBe(404);
    const stranger = makeAuthority('Another CA', Date.now()).issue('bot');
    expect(await knock(platform.url, { ca: authority.cert, ...stranger })).not.toBe(404);
    expect(await knock(platform.url, { ca: authority.cert, ...authority.issue('bot') })).toBe(404);
  });
});
