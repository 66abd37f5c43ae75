import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { Workspace } from '../../sandbox/workspace/workspace.ts';

/** One question on its way; both resolve with milliseconds since it was sent. */
export interface Asked {
  readonly acknowledged: Promise<number>;
  /** The first use of the response URL. */
  readonly answered: Promise<number>;
}

export interface SlackSide {
  /** Sends `/upgrades <text>` to a bot as Slack does: signed, on a connection of its own, each time from somebody else. */
  ask(eventsUrl: string, text: string): Asked;
  close(): Promise<void>;
}

/** Leaner than the workspace's own way of asking, so that little but the bot's time is measured. */
export async function startSlackSide(workspace: Workspace): Promise<SlackSide> {
  const waiting = new Map<string, () => void>();
  let people = 0;
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => {
      waiting.get(incoming.url ?? '')?.();
      waiting.delete(incoming.url ?? '');
      response.writeHead(200).end('ok');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ask(eventsUrl, text) {
      const path = `/${randomUUID()}`;
      people += 1;
      const body = commandForm(workspace, text, `http://127.0.0.1:${port}${path}`, `U0PERSON${people}`);
      const headers = signed(workspace.signingSecret, body);
      const begun = performance.now();
      const answered = new Promise<number>((resolve) => {
        waiting.set(path, () => resolve(performance.now() - begun));
      });
      return { acknowledged: send(eventsUrl, headers, body, begun), answered };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function commandForm(workspace: Workspace, text: string, responseUrl: string, userId: string): string {
  const channel = workspace.channelInfo('iot-ops');
  return new URLSearchParams({
    command: '/upgrades',
    text,
    team_id: workspace.teamId,
    user_id: userId,
    user_name: userId.toLowerCase(),
    channel_id: channel.id,
    channel_name: channel.name,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: randomUUID(),
  }).toString();
}

function signed(secret: string, body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': `v0=${digest}`,
  };
}

function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  begun: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers, agent: false }, (answer) => {
      const milliseconds = performance.now() - begun;
      answer.resume().once('end', () => {
        if (answer.statusCode === 200) resolve(milliseconds);
        else reject(new Error(`acknowledged with ${answer.statusCode}`));
      });
    })
      .once('error', reject)
      .end(body);
  });
}
