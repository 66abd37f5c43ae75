import type { ServerOptions } from 'node:https';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { createPlatform } from '../../src/platform/oceanconnect/create-platform.ts';
import type { TlsSettings } from '../../src/platform/transport/settings.ts';
import { type Certificate, issue, makeAuthority } from './certificates.ts';
import { type Answer, type Received, startScriptedServer } from './scripted-server.ts';
import { createClock, EMPTY_PAGE, newestTokenOnly, settingsFor } from './set-up.ts';

const HERE = '127.0.0.1';
const NAME = 'iot.platform.example';

let authority: Certificate;
let otherAuthority: Certificate;
let forHere: Certificate;
let forName: Certificate;

beforeAll(async () => {
  authority = await makeAuthority('Private authority');
  otherAuthority = await makeAuthority('Another authority');
  forHere = await issue(authority, HERE);
  forName = await issue(authority, NAME);
});

/** Asks a real TLS server once; returns what it was asked. */
async function ask(
  server: ServerOptions,
  tls: TlsSettings,
  scheme: 'https' | 'http' = 'https',
  answer: Answer = EMPTY_PAGE,
): Promise<readonly Received[]> {
  const running = await startScriptedServer(newestTokenOnly(() => answer).script, server);
  const { now } = createClock();
  const ledger = createMemoryCallLedger({ now, callsPerMinute: 100 });
  try {
    const platform = createPlatform(settingsFor(`${scheme}://${HERE}:${running.port}`, { tls }), {
      ledger,
      now,
    });
    try {
      await platform.listTasks({ pageNo: 0, pageSize: 10 }, { priority: 'interactive', person: null });
    } finally {
      await platform.close();
    }
    return running.received;
  } finally {
    await running.close();
  }
}

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

describe('the certificate of the platform', () => {
  test('issued by the given private authority is accepted', async () => {
    expect(await ask(forHere, { ca: authority.cert })).toHaveLength(2);
  });

  test('from an authority this machine does not know is not', async () => {
    await expect(ask(forHere, {})).rejects.toMatchObject({
      code: 'tls-unknown-authority',
      repeat: 'never-sent',
      advice: expect.stringContaining('IOT_CA_FILE'),
    });
    await expect(ask(forHere, { ca: otherAuthority.cert })).rejects.toMatchObject({
      code: 'tls-unknown-authority',
    });
  });

  test('made for another name is not, until that name is set; then it is also asked for', async () => {
    await expect(ask(forName, { ca: authority.cert })).rejects.toMatchObject({
      code: 'tls-wrong-name',
      advice: expect.stringContaining('IOT_SERVER_NAME'),
    });
    const received = await ask(forName, { ca: authority.cert, serverName: NAME });
    expect(received.map((one) => one.serverName)).toEqual([NAME, NAME]);
  });

  test('is held against the set name even where it fits the address', async () => {
    await expect(ask(forHere, { ca: authority.cert, serverName: NAME })).rejects.toMatchObject({
      code: 'tls-wrong-name',
    });
  });

  test('may be held against a set IP address', async () => {
    const elsewhere = await issue(authority, '192.0.2.7');
    expect(await ask(elsewhere, { ca: authority.cert, serverName: '192.0.2.7' })).toHaveLength(2);
    await expect(ask(forHere, { ca: authority.cert, serverName: '192.0.2.7' })).rejects.toMatchObject({
      code: 'tls-wrong-name',
    });
  });

  test('that has expired, or is not valid yet, is refused with its own sentence', async () => {
    const expired = await issue(authority, HERE, { from: '2020-01-01', until: '2021-01-01' });
    await expect(ask(expired, { ca: authority.cert })).rejects.toMatchObject({
      code: 'tls-expired',
      message: expect.stringContaining('expired'),
    });
    const future = await issue(authority, HERE, { from: '2090-01-01', until: '2091-01-01' });
    await expect(ask(future, { ca: authority.cert })).rejects.toMatchObject({ code: 'tls-not-yet-valid' });
  });
});

describe.each(VERSIONS)('a platform that demands a client certificate, over %s', (version) => {
  function demanding(): ServerOptions {
    return {
      ...forHere,
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    };
  }

  test('is content with a good one, also under a passphrase', async () => {
    const client = await issue(authority, 'bot');
    expect(await ask(demanding(), { ca: authority.cert, ...client })).toHaveLength(2);
    const locked = await issue(authority, 'bot', { passphrase: 'open sesame' });
    expect(await ask(demanding(), { ca: authority.cert, ...locked, passphrase: 'open sesame' })).toHaveLength(
      2,
    );
  });

  test('without one: the error says which settings are missing', async () => {
    await expect(ask(demanding(), { ca: authority.cert })).rejects.toMatchObject({
      code: 'tls-client-certificate-required',
      advice: expect.stringContaining('IOT_CERT_FILE'),
    });
  });

  test('with one of another authority: the error says that it was not accepted', async () => {
    const stranger = await issue(otherAuthority, 'bot');
    const code = version === 'TLSv1.3' ? 'tls-client-certificate-rejected' : 'tls-handshake-cut';
    await expect(ask(demanding(), { ca: authority.cert, ...stranger })).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining('PRIVATE KEY'),
    });
  });
});

describe('wrong addresses and files', () => {
  test('https to a port without TLS', async () => {
    const plain = await startScriptedServer(() => EMPTY_PAGE);
    const { now } = createClock();
    const ledger = createMemoryCallLedger({ now, callsPerMinute: 100 });
    const platform = createPlatform(settingsFor(`https://${HERE}:${plain.port}`), { ledger, now });
    await expect(platform.checkLogin()).rejects.toMatchObject({ code: 'tls-not-tls' });
    await platform.close();
    await plain.close();
  });

  test('http to a port with TLS', async () => {
    await expect(ask(forHere, {}, 'http')).rejects.toMatchObject({
      code: 'platform-unreachable',
      advice: expect.stringContaining('https'),
    });
  });

  test('a connection that breaks off after it has worked is no matter of certificates', async () => {
    await expect(ask(forHere, { ca: authority.cert }, 'https', { fault: 'reset' })).rejects.toMatchObject({
      code: 'platform-unreachable',
    });
  });

  test('files that cannot be used are refused when the client is made', async () => {
    const locked = await issue(authority, 'bot', { passphrase: 'open sesame' });
    const unusable: TlsSettings[] = [
      { ca: 'no certificate' },
      { cert: forHere.cert, key: forName.key },
      { cert: 'no certificate', key: forHere.key },
      { ...locked, passphrase: 'wrong' },
    ];
    const { now } = createClock();
    const ledger = createMemoryCallLedger({ now, callsPerMinute: 100 });
    for (const tls of unusable) {
      const make = () => createPlatform(settingsFor(`https://${HERE}:8743`, { tls }), { ledger, now });
      expect(make).toThrow(expect.objectContaining({ code: 'tls-unusable-files' }));
    }
  });
});
