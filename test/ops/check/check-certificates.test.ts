import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkCertificates } from '../../../src/ops/check/check-certificates.ts';
import type { TlsSettings } from '../../../src/platform/transport/settings.ts';
import { type Certificate, issue, makeAuthority } from '../../platform/certificates.ts';
import { settingsFor } from '../../platform/set-up.ts';

const HERE = '127.0.0.1';
const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();

let authority: Certificate;
let lasting: Certificate;
let ending: Certificate;
beforeAll(async () => {
  authority = await makeAuthority('Private authority');
  lasting = await issue(authority, HERE, { until: inDays(90) });
  ending = await issue(authority, HERE, { until: inDays(12.5) });
});

/** Checks the files, and a server with this certificate. */
async function check(
  server: Certificate,
  tls: Readonly<Record<'ca' | 'cert' | 'key', string>> | TlsSettings,
) {
  const running = createServer(server).listen(0, HERE);
  await new Promise((resolve) => running.once('listening', resolve));
  // A server that listens on TCP has this kind of address.
  const { port } = running.address() as AddressInfo;
  const buffers = Object.fromEntries(Object.entries(tls).map(([name, pem]) => [name, Buffer.from(pem)]));
  try {
    const platform = settingsFor(`https://${HERE}:${port}`);
    return await checkCertificates({ platform: { ...platform, tls: buffers } }, Date.now());
  } finally {
    running.closeAllConnections();
    running.close();
  }
}

describe('certificates', () => {
  test('that last need no word', async () => {
    const ca = await issue(authority, 'lasting', { until: inDays(90) });
    expect(await check(lasting, { cert: ca.cert, key: ca.key })).toEqual([]);
  });

  test('of the platform that end soon: how soon, and whom to tell', async () => {
    const longLived = `${authority.cert}`;
    const lines = await check(ending, { ca: longLived });
    const server = lines.filter(({ text }) => text.includes('certificate of the platform'));
    expect(server).toEqual([
      {
        ok: true,
        text: expect.stringMatching(
          /^tls: the certificate of the platform ends in 12 d \d+ h, on 20..-..-..\. Tell/,
        ),
      },
    ]);
  });

  test('of ours: in 3 days a word, when over a failure, and every authority of the file is looked at', async () => {
    const soon = await issue(authority, 'bot', { until: inDays(3.1) });
    const over = await issue(authority, 'bot', { from: '2020-01-01', until: '2021-01-01' });
    expect(await check(lasting, { cert: soon.cert, key: soon.key })).toEqual([
      { ok: true, text: expect.stringMatching(/^tls: the certificate in IOT_CERT_FILE ends in 3 d/) },
    ]);
    expect(await check(lasting, { cert: over.cert, key: over.key })).toEqual([
      { ok: false, text: expect.stringMatching(/IOT_CERT_FILE ended on 2021-01-01\. Have the platform/) },
    ]);
    const lines = await check(lasting, { ca: `${lasting.cert}\n${over.cert}` });
    expect(lines).toEqual([{ ok: false, text: expect.stringContaining('the authority bot in IOT_CA_FILE') }]);
  });
});
