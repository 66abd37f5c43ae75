import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rotation } from '../../../sandbox/oauth/grants.ts';
import { type SimulatedOauth, startOauth } from '../../../sandbox/oauth/start-oauth.ts';
import { startWorkspace } from '../../../sandbox/workspace/start-workspace.ts';
import type { Workspace } from '../../../sandbox/workspace/workspace.ts';
import { Claims } from './claims.ts';
import { People } from './people.ts';
import type { Environment } from './running-bot.ts';
import { type Story, story } from './story.ts';
import { SPEED } from './story-clock.ts';

/** A page of the bot as a browser shows it. */
export interface Visited {
  readonly status: number;
  readonly text: string;
}

/** The other workspace, and who acts in it. */
export interface Other {
  readonly workspace: Workspace;
  readonly claims: Claims;
  readonly people: People;
}

/** A story with two workspaces, each of which installs the app: the story's own (acme) and a vendor's. */
export class Installing {
  readonly s: Story;
  readonly oauth: SimulatedOauth;
  readonly other: Other;
  #address: string | null = null;

  constructor(s: Story, oauth: SimulatedOauth, other: Workspace) {
    this.s = s;
    this.oauth = oauth;
    const claims = new Claims(other);
    this.other = { workspace: other, claims, people: new People(other, claims) };
  }

  get acme(): Workspace {
    return this.s.workspace;
  }

  get vendor(): Workspace {
    return this.other.workspace;
  }

  /** What the bot is started with: no token of its own. */
  env(more: Environment = {}): Environment {
    return {
      SLACK_BOT_TOKEN: '',
      SLACK_API_URL: this.oauth.apiUrl,
      SLACK_CLIENT_ID: this.oauth.clientId,
      SLACK_CLIENT_SECRET: this.oauth.clientSecret,
      ALLOWED_WORKSPACES: `${this.acme.teamId},${this.vendor.teamId}`,
      ...more,
    };
  }

  /** Starts the bot and lets both workspaces reach it. */
  async start(more: Environment = {}): Promise<void> {
    await this.s.start(this.env(more));
    this.meet(`http://127.0.0.1:${this.s.bot.port}`);
  }

  /** Both workspaces, and whoever installs, reach the bot there. */
  meet(address: string): void {
    this.#address = address;
    this.acme.connectHttp(`${address}/slack/events`);
    this.vendor.connectHttp(`${address}/slack/events`);
  }

  get address(): string {
    return this.#address ?? `http://127.0.0.1:${this.s.bot.port}`;
  }

  /** Opens the page of the installation in a browser, goes to Slack, allows the app, and comes back. */
  async install(workspace: Workspace): Promise<Visited> {
    const { link, cookie } = await this.openInstallPage();
    return await this.comeBack(this.oauth.allow(link, workspace), cookie);
  }

  /** The page's link to Slack, and the cookie it sets. */
  async openInstallPage(): Promise<{ readonly link: string; readonly cookie: string }> {
    const page = await fetch(`${this.address}/slack/install`);
    const [, link = ''] = /href="([^"]+)"/.exec(await page.text()) ?? [];
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { link: link.replaceAll('&amp;', '&'), cookie };
  }

  async comeBack(query: string, cookie: string): Promise<Visited> {
    const page = await fetch(`${this.address}/slack/oauth_redirect?${query}`, { headers: { cookie } });
    const text = (await page.text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    return { status: page.status, text };
  }

  /** What nobody may find in the clear: in the store, or in the log. */
  leaks(): readonly string[] {
    const files = ['upgrades.db', 'upgrades.db-wal'].map((name) => read(join(this.s.folder, name)));
    const written = [...files, ...this.s.logs.map(({ raw }) => raw)];
    const secrets = [...this.oauth.secrets, this.oauth.clientSecret];
    return secrets.filter((secret) => written.some((text) => text.includes(secret)));
  }
}

/** Tells a story with two workspaces; at its end nothing is left unexpected in either, and no token in the clear. */
export function storyOfTwo(
  name: string,
  tell: (installing: Installing) => Promise<void>,
  {
    rotation = null,
    time = 'fast',
  }: { readonly rotation?: Rotation | null; readonly time?: 'fast' | 'real' } = {},
): void {
  const played = async (s: Story) => {
    const vendor = await startWorkspace({
      team: { id: 'T0PARTNER1', domain: 'vendor', name: 'Vendor & Sons' },
      people: [{ name: 'bo' }, { name: 'kim' }],
      channels: [{ name: 'vendor-ops' }, { name: 'vendor-alerts' }],
      postRate: { perSecond: SPEED, burst: 1 },
    });
    const oauth = await startOauth([s.workspace, vendor], { rotation });
    const installing = new Installing(s, oauth, vendor);
    try {
      await tell(installing);
      if (s.isRunning) await s.silence();
      const complaints = [
        ...installing.leaks().map((secret) => `in the clear: ${secret.slice(0, 10)}…`),
        ...(installing.other.claims.unclaimed().length > 0 ? [installing.other.claims.dump()] : []),
      ];
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
      await s.end();
    } finally {
      if (s.isRunning) await s.stop();
      await Promise.all([oauth.close(), vendor.close()]);
    }
  };
  story(name, played, { time });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
