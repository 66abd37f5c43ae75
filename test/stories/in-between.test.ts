import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { makeAuthority } from '../../sandbox/platform/server/make-authority.ts';
import { type ConnectProxy, startConnectProxy } from '../lib/connect-proxy.ts';
import { alertsTo } from './harness/environment.ts';
import { type Story, story } from './harness/story.ts';
import { openTcpProxy } from './harness/tcp-proxy.ts';

describe('what is between gives up connections that nothing comes on', () => {
  story(
    'every poll is good all the same, and the outcome of a call says that it was made again',
    async (s) => {
      const between = await openTcpProxy(s.platform.url);
      try {
        s.fleet.addTask({ operationId: 'op-1', status: 'processing' });
        await s.start({ IOT_BASE_URL: between.through(s.platform.url) });
        const before = s.platform.calls.length;
        for (let poll = 0; poll < 8; poll += 1) {
          between.forget();
          expect((await s.poll()).outcome).toBe('good');
        }
        expect(s.platform.calls.length).toBeGreaterThan(before);
        expect(s.log.lines.filter(({ msg }) => msg === 'the platform does not answer as it should')).toEqual(
          [],
        );
        expect((await s.page('/metrics')).body).toMatch(
          /^upgrades_platform_calls_total\{call="listTasks",outcome="made-again"\} \d+$/m,
        );
      } finally {
        await between.close();
      }
    },
  );
});

/** No name server knows it. */
const NAME = 'iot.platform.invalid';
const authority = makeAuthority('Private authority', Date.now());

/** Plays a story behind a proxy of this machine, which alone leads to the platform. */
async function behindProxy(s: Story, tell: (proxy: ConnectProxy) => Promise<void>): Promise<void> {
  const own = Number(new URL(s.platform.url).port);
  const proxy = await startConnectProxy((target) =>
    target.startsWith(NAME) ? own : Number(target.split(':').at(-1)),
  );
  try {
    await tell(proxy);
    if (s.isRunning) await s.silence();
    await s.stop();
  } finally {
    await proxy.close();
  }
}

function envBehind(s: Story, proxy: ConnectProxy) {
  const file = join(s.folder, 'authority.pem');
  writeFileSync(file, authority.cert);
  return {
    ...alertsTo(s),
    IOT_BASE_URL: `https://${NAME}:8743`,
    IOT_CA_FILE: file,
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
  };
}

describe('a proxy on the way out', () => {
  const tls = () => authority.issue(NAME, [NAME]);

  story(
    'leads to the platform and to Slack, questions and notifications alike',
    async (s) => {
      await behindProxy(s, async (proxy) => {
        s.fleet.addTask({ operationId: 'op-1', status: 'processing' });
        await s.start(envBehind(s, proxy));
        await s.told({ kind: 'post', says: ['I watch 1 upgrade task'] });
        expect((await s.people.ask('ana', 'running')).text).toContain('live');
        s.fleet.setStatus('op-1', 'failed');
        await s.poll();
        await s.told({ kind: 'post', says: ['op-1', 'failed'] });
        expect(new Set(proxy.asked)).toEqual(new Set([`${NAME}:8743`, new URL(s.workspace.apiUrl).host]));
      });
    },
    { tls },
  );

  story(
    'and to the socket of Socket Mode',
    async (s) => {
      await behindProxy(s, async (proxy) => {
        const socket = { SLACK_APP_TOKEN: s.workspace.appToken, SLACK_SIGNING_SECRET: '' };
        await s.start({ ...envBehind(s, proxy), ...socket });
        await s.told({ kind: 'post', says: ['I watch'] });
        await s.workspace.until((seen) => seen.socketCount > 0, { what: 'a socket' });
        const before = proxy.asked.length;
        s.workspace.disconnectSockets();
        await s.workspace.until((seen) => seen.socketCount > 0 && proxy.asked.length > before, {
          what: 'another socket through the proxy',
        });
        expect((await s.people.ask('ana', 'help')).to).toBe('ana');
      });
    },
    { tls },
  );

  story(
    'is left aside for what NO_PROXY names',
    async (s) => {
      await behindProxy(s, async (proxy) => {
        await s.start({ ...envBehind(s, proxy), NO_PROXY: '127.0.0.1' });
        await s.told({ kind: 'post', says: ['I watch'] });
        expect(new Set(proxy.asked)).toEqual(new Set([`${NAME}:8743`]));
      });
    },
    { tls },
  );
});
