import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryCallLedger } from '../../src/platform/budget/memory-call-ledger.ts';
import { createPlatform } from '../../src/platform/oceanconnect/create-platform.ts';
import type { PlatformSettings } from '../../src/platform/transport/settings.ts';
import { startConnectProxy } from '../lib/connect-proxy.ts';
import { type Certificate, issue, makeAuthority } from './certificates.ts';
import { type Received, startScriptedServer } from './scripted-server.ts';
import { createClock, EMPTY_PAGE, newestTokenOnly, settingsFor } from './set-up.ts';

/** No name server knows it: only the proxy leads there. */
const NAME = 'iot.platform.invalid';
const ADDRESS = `https://${NAME}:8743`;

let authority: Certificate;
let forName: Certificate;
let ours: Certificate;
beforeAll(async () => {
  authority = await makeAuthority('Private authority');
  forName = await issue(authority, NAME);
  ours = await issue(authority, 'upgrades-bot');
});

interface Way {
  readonly address?: string;
  readonly tls?: PlatformSettings['tls'];
  readonly credentials?: string | null;
  /** What stands in front of the proxy's host, as in `user:password@`. */
  readonly user?: string;
  readonly except?: string;
}

/** Asks a platform behind a proxy once. */
async function ask({ address = ADDRESS, tls, credentials = null, user = '', except = '' }: Way = {}) {
  const demand = { ...forName, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  const server = await startScriptedServer(newestTokenOnly(() => EMPTY_PAGE).script, demand);
  const proxy = await startConnectProxy(() => server.port, credentials);
  const https = proxy.url.replace('http://', `http://${user}`);
  const settings = settingsFor(address, {
    tls: tls ?? { ca: authority.cert, cert: ours.cert, key: ours.key },
    proxy: { http: '', https, except },
  });
  const { now } = createClock();
  const ledger = createMemoryCallLedger({ now, callsPerMinute: 100 });
  const platform = createPlatform(settings, { ledger, now });
  try {
    await platform.listTasks({ pageNo: 0, pageSize: 10 }, { priority: 'interactive', person: null });
    return { asked: proxy.asked, received: server.received satisfies readonly Received[] };
  } finally {
    await platform.close();
    await Promise.all([proxy.close(), server.close()]);
  }
}

describe('a platform behind a proxy', () => {
  test('is reached by a tunnel, with our authority, our certificate and its own name', async () => {
    const { asked, received } = await ask();
    expect(new Set(asked)).toEqual(new Set([`${NAME}:8743`]));
    expect(received.map(({ path, serverName }) => [path.split('/')[1], serverName])).toEqual([
      ['iocm', NAME],
      ['iodm', NAME],
    ]);
  });

  test('under another name than its certificate has, once that is set', async () => {
    const tls = { ca: authority.cert, cert: ours.cert, key: ours.key };
    const address = 'https://gateway.invalid:8743';
    await expect(ask({ address, tls })).rejects.toMatchObject({ code: 'tls-wrong-name' });
    const { asked, received } = await ask({ address, tls: { ...tls, serverName: NAME } });
    expect(asked[0]).toBe('gateway.invalid:8743');
    expect(received[0]?.serverName).toBe(NAME);
  });

  test('is not trusted without our authority', async () => {
    await expect(ask({ tls: {} })).rejects.toMatchObject({ code: 'tls-unknown-authority' });
  });

  test('the proxy asks for a password', async () => {
    const credentials = 'bot:p@ss';
    await expect(ask({ credentials, user: 'bot:p%40ss@' })).resolves.toMatchObject({});
    await expect(ask({ credentials })).rejects.toMatchObject({
      code: 'platform-unreachable',
      repeat: 'never-sent',
      message: expect.stringContaining('the proxy on the way refuses to lead there (HTTP 407)'),
      advice: expect.stringContaining('HTTPS_PROXY'),
    });
  });

  test('a host that is excepted is called directly, and here not found', async () => {
    await expect(ask({ except: '.platform.invalid' })).rejects.toMatchObject({
      code: 'platform-unreachable',
      message: expect.stringContaining('its host name, or that of the proxy, is not known'),
      advice: expect.stringContaining('NO_PROXY'),
    });
  });

  test('nothing listens at the proxy', async () => {
    const gone = await startConnectProxy(() => 1);
    await gone.close();
    const { now } = createClock();
    const platform = createPlatform(
      settingsFor(ADDRESS, { proxy: { http: '', https: gone.url, except: '' } }),
      { ledger: createMemoryCallLedger({ now, callsPerMinute: 100 }), now },
    );
    await expect(platform.checkLogin()).rejects.toMatchObject({
      message: expect.stringContaining('nothing accepts connections there, or at the proxy'),
    });
    await platform.close();
  });
});
